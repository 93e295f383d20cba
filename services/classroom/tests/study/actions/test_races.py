"""Two at once, with real threads and commits: nothing is credited twice, and counts are exact."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from chassis.db import transaction
from chassis.errors import Conflict
from chassis.ids import new_id
from chassis.testing import race
from classroom.study.actions import report as reporting
from classroom.study.actions.add_learner import add_learner
from classroom.study.actions.change_class import StudyClosed, close_class
from classroom.study.actions.open_session import open_session
from classroom.study.actions.report import GivenReport, Superseded, report
from classroom.study.models import ItemProgress, StudyClass, StudyLearner, StudySession
from classroom.study.testing import item_ids, learner, package_data, pass_claims, studied_class
from sqlalchemy.exc import OperationalError


class World:
    """A class with one learner who has a page open, committed."""

    def __init__(self, committed, clock) -> None:
        self.sessions, self.clock = committed.sessions, clock
        package = package_data(items=(("video", 100),))
        self.item = item_ids(package)[0]

        def make(session):
            study_class = studied_class(session, now=clock.now, package=package)
            who = learner(session, study_class=study_class, now=clock.now)
            self.class_id, self.account_id, self.enrolment_id = who.class_id, who.account_id, who.enrolment_id
            self.claims = pass_claims(who, now=clock.now)

        self.do(make)
        self.page = self.open()

    def do(self, work):
        with self.sessions(expire_on_commit=False) as session, transaction(session):
            return work(session)

    def open(self):
        return self.do(
            lambda session: open_session(
                session, class_id=self.class_id, account_id=self.account_id, device="a", item_id=None,
                now=self.clock.now,
            ).session.id
        )  # fmt: skip

    def tell(self, start: int, end: int, *, report_id=None) -> int:
        given = GivenReport(
            report_id=report_id or new_id(), item_id=self.item, from_seconds=start, to_seconds=end,
            claims=self.claims,
        )  # fmt: skip
        ledger = self.do(
            lambda session: report(
                session, session_id=self.page, account_id=self.account_id, reports=[given], now=self.clock.now
            )
        )
        return sum(verdict.credited_seconds for verdict in ledger.verdicts)

    def close(self) -> int:
        """Closes the class, and answers what was learned at that moment."""

        def work(session):
            close_class(session, class_id=self.class_id, epoch=1, now=self.clock.now)
            return session.scalar(sa.select(StudyLearner.learned_seconds))

        return self.do(work)


def test_two_reports_at_once_share_one_budget(committed, clock):
    world = World(committed, clock)
    clock.advance(seconds=30)
    results = race(*(lambda n=n: world.tell(n * 20, n * 20 + 20) for n in range(4)))
    assert sum(results) == 30
    progress = world.do(lambda session: session.scalars(sa.select(ItemProgress)).one())
    assert progress.seconds == 30


def test_the_same_seconds_twice_at_once_are_credited_once(committed, clock):
    world = World(committed, clock)
    clock.advance(seconds=100)
    assert sorted(race(lambda: world.tell(0, 50), lambda: world.tell(0, 50))) == [0, 50]


def test_one_report_sent_twice_at_once_is_credited_once_and_both_are_told_so(committed, clock):
    world, report_id = World(committed, clock), new_id()
    clock.advance(seconds=100)
    assert race(*(lambda: world.tell(0, 50, report_id=report_id) for _ in range(3))) == [50, 50, 50]
    assert world.do(lambda session: session.scalar(sa.select(StudyLearner.learned_seconds))) == 50


def test_of_pages_opened_at_once_one_is_active(committed, clock):
    world = World(committed, clock)
    results = race(*(world.open for _ in range(4)))
    assert all(not isinstance(each, Exception) or isinstance(each, Conflict) for each in results)
    active = sa.select(sa.func.count()).select_from(StudySession).where(StudySession.ended_at.is_(None))
    assert world.do(lambda session: session.scalar(active)) == 1


def test_a_report_and_a_takeover_at_once_leave_no_second_credited_twice(committed, clock):
    world = World(committed, clock)
    clock.advance(seconds=40)
    told, _ = race(lambda: world.tell(0, 40), world.open)
    assert told == 40 or isinstance(told, Superseded)
    older = world.do(lambda session: session.get(StudySession, world.page))
    assert older.ended_at is not None
    assert older.credited_seconds == (40 if told == 40 else 0)


def test_a_report_and_the_closing_at_once_agree_about_what_counts(committed, clock):
    world = World(committed, clock)
    clock.advance(seconds=40)
    told, at_closing = race(lambda: world.tell(0, 40), world.close)
    assert told == at_closing
    assert world.do(lambda session: session.scalar(sa.select(StudyLearner.learned_seconds))) == at_closing


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_closing_waits_for_a_report_in_flight(committed, clock):
    world = World(committed, clock)
    clock.advance(seconds=40)
    given = GivenReport(
        report_id=new_id(), item_id=world.item, from_seconds=0, to_seconds=40, claims=world.claims
    )
    with world.sessions() as reporting, world.sessions() as closing:
        report(reporting, session_id=world.page, account_id=world.account_id, reports=[given], now=clock.now)
        closing.execute(sa.text("SET LOCAL lock_timeout = '200ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            close_class(closing, class_id=world.class_id, epoch=1, now=clock.now)


@pytest.fixture
def overtaken(monkeypatch):
    """Has something happen, once, between a report's reading and its writing."""

    def overtaken_by(happens) -> None:
        read = reporting.read

        def read_and_be_overtaken(session, **asked):
            found = read(session, **asked)
            monkeypatch.setattr(reporting, "read", read)
            happens()
            return found

        monkeypatch.setattr(reporting, "read", read_and_be_overtaken)

    return overtaken_by


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_report_whose_session_changed_meanwhile_is_judged_again(committed, clock, overtaken):
    world = World(committed, clock)
    clock.advance(seconds=30)
    told = []
    overtaken(lambda: told.append(world.tell(0, 20)))
    assert world.tell(10, 40) == 10
    assert told == [20]
    progress = world.do(lambda session: session.scalars(sa.select(ItemProgress)).one())
    assert progress.watched == [[0, 30]]


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_report_that_was_answered_meanwhile_gets_that_verdict(committed, clock, overtaken):
    world, report_id = World(committed, clock), new_id()
    clock.advance(seconds=30)
    overtaken(lambda: world.tell(0, 20, report_id=report_id))
    assert world.tell(0, 20, report_id=report_id) == 20
    assert world.do(lambda session: session.scalar(sa.select(StudyLearner.learned_seconds))) == 20


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_report_whose_session_ended_meanwhile_is_told_so(committed, clock, overtaken):
    world = World(committed, clock)
    clock.advance(seconds=30)
    overtaken(world.open)
    with pytest.raises(Superseded):
        world.tell(0, 20)
    assert world.do(lambda session: session.scalar(sa.select(StudyLearner.learned_seconds))) == 0


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_a_report_whose_class_was_closed_meanwhile_credits_nothing(committed, clock, overtaken):
    world = World(committed, clock)
    clock.advance(seconds=30)
    overtaken(world.close)
    assert world.tell(0, 20) == 0
    assert world.do(lambda session: session.scalar(sa.select(StudyLearner.learned_seconds))) == 0


def test_a_join_and_the_closing_at_once_agree_about_who_joined(committed, clock):
    world = World(committed, clock)

    def join():
        world.do(
            lambda session: add_learner(
                session, class_id=world.class_id, enrolment_id=new_id(), account_id=new_id(), now=clock.now
            )
        )

    def close() -> int:
        def work(session):
            close_class(session, class_id=world.class_id, epoch=1, now=clock.now)
            return session.scalar(sa.select(sa.func.count()).select_from(StudyLearner))

        return world.do(work)

    joined, counted = race(join, close)
    assert joined is None or isinstance(joined, StudyClosed)
    assert counted == (2 if joined is None else 1)


def test_of_two_closings_at_once_one_wins(committed, clock):
    world = World(committed, clock)
    results = race(world.close, world.close)
    assert sum(isinstance(each, StudyClosed) for each in results) == 1
    assert world.do(lambda session: session.get(StudyClass, world.class_id)).state == "closed"
