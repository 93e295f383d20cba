"""K18 through the action: no sequence of requests credits more seconds than passed on the server's clock."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from chassis.errors import Conflict
from chassis.ids import new_id
from classroom.study.actions.open_session import open_session
from classroom.study.actions.report import GivenReport, report
from classroom.study.models import ItemProgress, StudyDay, StudyLearner, StudyPlay, StudySession
from classroom.study.testing import item_ids, learner, package_data, pass_claims, studied_class
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

moves = st.one_of(
    st.tuples(st.just("wait"), st.integers(-20, 150)),
    st.tuples(st.just("open"), st.sampled_from(["手机", "电脑"])),
    st.tuples(st.just("pass"), st.integers(-60, 5)),
    st.tuples(
        st.just("report"),
        st.lists(
            st.tuples(st.integers(0, 1), st.integers(0, 200), st.integers(0, 200), st.integers(0, 2)),
            min_size=1, max_size=3,
        ),
    ),
    st.tuples(st.just("older page"), st.integers(0, 3)),
    st.tuples(st.just("again"), st.just(0)),
)  # fmt: skip


class World:
    """One learner, several pages, and a clock that may be set back."""

    def __init__(self, session, now) -> None:
        self.session, self.now, self.earliest, self.latest = session, now, now, now
        self.items = item_ids(
            package := package_data(items=(("video", 150), ("document", 90)), play_order="free")
        )
        study_class = studied_class(session, now=now, package=package, daily_video_hours=1)
        self.who = learner(session, study_class=study_class, now=now)
        self.sessions: list = []
        self.passes: list[dict] = []
        self.sent: list[GivenReport] = []
        self.verdicts: dict = {}

    @property
    def credited(self) -> int:
        return sum(verdict.credited_seconds for verdict in self.verdicts.values())

    def play(self, move: str, argument) -> None:
        if move == "wait":
            self.now += timedelta(seconds=argument)
            self.earliest, self.latest = min(self.earliest, self.now), max(self.latest, self.now)
        elif move == "open":
            opened = open_session(
                self.session, class_id=self.who.class_id, account_id=self.who.account_id, device=argument,
                item_id=None, now=self.now,
            )  # fmt: skip
            self.sessions.append(opened.session.id)
        elif move == "pass":
            self.passes.append(pass_claims(self.who, now=self.now + timedelta(seconds=argument)))
        elif move == "report":
            self.send([self.given(*each) for each in argument])
        elif move == "older page" and self.sent and self.sessions:
            self.send(self.sent, page=argument)
        elif self.sent:
            self.send(self.sent)

    def given(self, place: int, start: int, end: int, back: int) -> GivenReport:
        claims = self.passes[-1 - back] if back < len(self.passes) else None
        return GivenReport(
            report_id=new_id(), item_id=self.items[place], from_seconds=start, to_seconds=end, claims=claims
        )

    def send(self, reports: list[GivenReport], *, page: int = 0) -> None:
        self.sent = reports
        if page >= len(self.sessions):
            return
        try:
            ledger = report(
                self.session, session_id=self.sessions[-1 - page], account_id=self.who.account_id,
                reports=reports, now=self.now,
            )  # fmt: skip
        except Conflict:
            assert page > 0
        else:
            for verdict in ledger.verdicts:
                key = (self.sessions[-1 - page], verdict.report_id)
                assert self.verdicts.setdefault(key, verdict) == verdict  # sent again, it gets its first

    def total(self, column) -> int:
        return self.session.scalar(
            sa.select(sa.func.coalesce(sa.func.sum(column), 0)).where(
                column.class_.enrolment_id == self.who.enrolment_id
            )
        )


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(sequence=st.lists(moves, max_size=25))
def test_no_sequence_of_requests_credits_more_than_passed(session, clock, sequence):
    world = World(session, clock.now)
    for move, argument in sequence:
        world.play(move, argument)
    session.expire_all()
    passed = (world.latest - world.earliest).total_seconds()
    known = session.get(StudyLearner, world.who.enrolment_id)
    assert world.credited <= passed
    assert known.learned_seconds == world.credited
    assert world.total(ItemProgress.seconds) == world.credited
    assert world.total(StudySession.credited_seconds) == world.credited
    assert world.total(StudyPlay.credited_seconds) == world.credited
    assert world.total(StudyDay.video_seconds) + world.total(StudyDay.document_seconds) == world.credited
    for progress in session.scalars(
        sa.select(ItemProgress).where(ItemProgress.enrolment_id == known.enrolment_id)
    ):
        assert progress.seconds == sum(end - start for start, end in progress.watched)
