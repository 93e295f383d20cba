"""K17–K19 and X7 through the action, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from classroom.study.actions.change_class import close_class
from classroom.study.actions.open_session import (
    KEPT_WITHOUT_CREDIT,
    ItemLocked,
    OutsideDays,
    StudyClosed,
    open_session,
)
from classroom.study.actions.report import GivenReport, NotStudied, SessionUnknown, Superseded, report
from classroom.study.models import ItemProgress, StudyDay, StudyLearner, StudyPlay, StudyReport, StudySession
from classroom.study.testing import (
    item_ids,
    learner,
    open_documents,
    package_data,
    pass_claims,
    studied_class,
)


class Page:
    """A learner's page: opens sessions and reports, with the clock of the test."""

    def __init__(self, session, clock, *, package=None, documents_opened=True, **supervision) -> None:
        self.session, self.clock = session, clock
        self.package = package or package_data()
        self.items = item_ids(self.package)
        self.study_class = studied_class(session, now=clock.now, package=self.package, **supervision)
        self.learner = learner(
            session, study_class=self.study_class, now=clock.now, documents_opened=documents_opened
        )
        self.passes = pass_claims(self.learner, now=clock.now)
        self.opened: StudySession | None = None

    def open(self, item_id=None):
        opened = open_session(
            self.session,
            class_id=self.study_class.class_id,
            account_id=self.learner.account_id,
            device="手机",
            item_id=item_id,
            now=self.clock.now,
        )
        self.opened = opened.session
        return opened

    def take_pass(self, **changed):
        self.passes = {**pass_claims(self.learner, now=self.clock.now), **changed}

    def given(self, place: int, start: int, end: int, *, claims=None) -> GivenReport:
        return GivenReport(
            report_id=new_id(),
            item_id=self.items[place],
            from_seconds=start,
            to_seconds=end,
            claims=claims or self.passes,
        )

    def send(self, *reports: GivenReport, account_id=None, session_id=None):
        ledger = report(
            self.session,
            session_id=session_id or self.opened.id,
            account_id=account_id or self.learner.account_id,
            reports=reports,
            now=self.clock.now,
        )
        return [(verdict.credited_seconds, verdict.reason) for verdict in ledger.verdicts]

    def known(self) -> StudyLearner:
        return self.session.get(StudyLearner, self.learner.enrolment_id, populate_existing=True)


@pytest.fixture
def page(session, clock) -> Page:
    return Page(session, clock)


def test_ten_seconds_watched_are_ten_seconds_credited(page, clock):
    page.open()
    clock.advance(seconds=10)
    assert page.send(page.given(0, 0, 10)) == [(10, None)]
    assert page.known().learned_seconds == 10
    assert page.known().last_study_at == clock.now


def test_a_report_sent_again_gets_its_first_verdict_and_changes_nothing(page, clock, session):
    page.open()
    clock.advance(seconds=30)
    again = page.given(0, 0, 10)
    assert page.send(again) == [(10, None)]
    studied_at = page.known().last_study_at
    clock.advance(seconds=5)
    assert page.send(again, again) == [(10, None), (10, None)]
    known = page.known()
    assert (known.learned_seconds, known.last_study_at) == (10, studied_at)
    assert session.scalar(sa.select(sa.func.count()).select_from(StudyPlay)) == 1


@pytest.mark.parametrize(
    ("seconds", "span", "verdict"),
    [(10, (0, 30), (10, "budget")), (60, (0, 5), (5, None)), (0, (0, 5), (0, "budget"))],
)
def test_the_first_verdict_stays_whatever_a_report_sent_again_would_get_now(
    page, clock, seconds, span, verdict
):
    page.open()
    clock.advance(seconds=seconds)
    given = page.given(0, *span)
    assert page.send(given) == [verdict]
    clock.advance(seconds=60)
    assert page.send(given, page.given(0, 0, 1), given)[::2] == [verdict, verdict]


def test_an_id_twice_in_one_request_is_one_report(page, clock):
    page.open()
    clock.advance(seconds=30)
    twice = page.given(0, 0, 10)
    assert page.send(twice, page.given(0, 10, 15), twice) == [(10, None), (5, None), (10, None)]
    assert page.known().learned_seconds == 15


def test_what_was_counted_before_is_said_so_of_a_new_report_only(page, clock):
    page.open()
    clock.advance(seconds=30)
    page.send(page.given(0, 0, 10))
    assert page.send(page.given(0, 0, 10)) == [(0, "already_counted")]


def test_a_report_sent_again_after_a_takeover_is_refused_and_its_verdict_is_gone(page, clock, session):
    page.open()
    clock.advance(seconds=30)
    given, older = page.given(0, 0, 10), page.opened.id
    page.send(given)
    page.open()
    with pytest.raises(Superseded):
        page.send(given, session_id=older)
    assert session.scalar(sa.select(sa.func.count()).select_from(StudyReport)) == 0


def test_the_cut_part_is_credited_when_it_comes_again_after_its_time(page, clock):
    page.open()
    clock.advance(seconds=10)
    assert page.send(page.given(0, 0, 60)) == [(10, "budget")]
    clock.advance(seconds=50)
    assert page.send(page.given(0, 0, 60)) == [(50, None)]
    assert page.known().complete_items == 1


def test_finished_is_every_item_complete_and_learned_is_what_was_watched(session, clock):
    page = Page(session, clock, package=package_data(items=(("video", 20), ("document", 30), ("video", 10))))
    page.open()
    clock.advance(seconds=40)
    page.send(page.given(0, 0, 20), page.given(1, 0, 0), page.given(2, 0, 9))
    known = page.known()
    assert (known.complete_items, known.learned_seconds, known.finished_at) == (3, 29, clock.now)


def test_sequential_order_locks_what_comes_after(page, clock):
    page.open()
    clock.advance(seconds=10)
    assert page.send(page.given(1, 0, 5)) == [(0, "not_open_yet")]
    with pytest.raises(ItemLocked):
        page.open(item_id=page.items[1])


def test_a_newer_page_takes_over_and_the_older_is_told(page, clock):
    older = page.open().session
    clock.advance(seconds=5)
    newer = page.open()
    assert newer.took_over
    clock.advance(seconds=5)
    with pytest.raises(Superseded):
        page.send(page.given(0, 0, 5), session_id=older.id)
    assert page.send(page.given(0, 0, 9)) == [(5, "budget")]


def test_the_new_session_never_begins_before_the_old_one_ended(page, clock):
    page.open()
    clock.advance(seconds=60)
    page.send(page.given(0, 0, 60))
    clock.advance(seconds=-60)
    page.open()
    clock.advance(seconds=60)
    assert page.send(page.given(0, 0, 60)) == [(0, "already_counted")]
    assert page.opened.opened_ms == page.opened.until_ms


def test_another_accounts_session_does_not_exist(page, clock):
    page.open()
    with pytest.raises(SessionUnknown):
        page.send(page.given(0, 0, 5), account_id=new_id())


def test_exercises_and_strange_items_are_not_reported(page):
    page.open()
    with pytest.raises(NotStudied) as refused:
        page.send(page.given(0, 0, 1), page.given(2, 0, 1))
    assert [field.field for field in refused.value.fields] == ["/reports/1/item_id"]


@pytest.mark.parametrize("changed", [{"use": "exam"}, {"sub": "x"}, {"cls": "x"}, {"enr": "x"}])
def test_a_pass_for_something_else_credits_nothing(page, clock, changed):
    page.open()
    clock.advance(seconds=10)
    page.take_pass(**changed)
    assert page.send(page.given(0, 0, 5)) == [(0, "pass_invalid")]


def test_credit_ends_with_the_last_pass(page, clock):
    page.open()
    clock.advance(seconds=300)
    page.package = None
    assert page.send(page.given(0, 0, 60)) == [(60, None)]
    clock.advance(seconds=300)
    assert page.known().learned_seconds == 60


def test_the_daily_limit_is_per_shanghai_day_and_for_videos_only(session, clock):
    package = package_data(items=(("video", 4000), ("document", 600)), play_order="free")
    page = Page(session, clock, package=package, daily_video_hours=1)
    page.open()
    for _ in range(31):
        page.take_pass()
        clock.advance(seconds=120)
        page.send(page.given(0, 0, 4000))
    assert page.send(page.given(0, 0, 4000), page.given(1, 0, 50)) == [(0, "limit_reached"), (50, None)]
    assert page.known().learned_seconds == 3650
    clock.advance(days=1)
    page.take_pass()
    clock.advance(seconds=30)
    assert page.send(page.given(0, 0, 4000)) == [(30, "budget")]
    days = session.execute(sa.select(StudyDay.video_seconds).order_by(StudyDay.day)).scalars().all()
    assert days == [3600, 30]


def test_outside_the_study_time_windows_nothing_is_credited(session, clock):
    page = Page(session, clock, study_windows=[{"from": "08:00", "to": "10:01"}])
    page.open()
    clock.advance(seconds=90)
    assert page.send(page.given(0, 0, 60)) == [(60, None)]
    page = Page(session, clock, study_windows=[{"from": "08:00", "to": "10:00"}])
    assert page.open().hindrance == "outside_window"
    clock.advance(seconds=10)
    assert page.send(page.given(0, 0, 9)) == [(0, "outside_window")]


def test_before_the_start_day_no_session_begins(session, clock):
    page = Page(session, clock)
    page.study_class.start_day += timedelta(days=1)
    session.flush()
    with pytest.raises(OutsideDays):
        page.open()


def test_a_closed_class_credits_nothing(page, clock, session):
    page.open()
    clock.advance(seconds=10)
    close_class(session, class_id=page.study_class.class_id, epoch=1, now=clock.now)
    assert page.send(page.given(0, 0, 9)) == [(0, "closed")]
    assert page.known().learned_seconds == 0
    with pytest.raises(StudyClosed):
        page.open()


def test_plays_and_progress_keep_what_was_done(page, clock, session):
    page.open()
    clock.advance(seconds=20)
    page.send(page.given(0, 5, 10))
    clock.advance(seconds=20)
    page.send(page.given(0, 20, 30))
    play = session.scalars(sa.select(StudyPlay)).one()
    assert (play.from_seconds, play.to_seconds, play.credited_seconds) == (5, 30, 15)
    assert play.spans == [[5, 10], [20, 30]]
    progress = session.get(ItemProgress, (page.learner.enrolment_id, page.items[0]))
    assert progress.watched == [[5, 10], [20, 30]]


@pytest.mark.parametrize("claimed", [(0, 604_800), (8, 604_800), (0, 60)])
def test_a_play_shows_what_was_credited_and_not_what_was_claimed(page, clock, session, claimed):
    page.open()
    clock.advance(seconds=6)
    page.send(page.given(0, *claimed))
    play = session.scalars(sa.select(StudyPlay)).one()
    start = claimed[0]
    assert (play.from_seconds, play.to_seconds, play.credited_seconds) == (start, start + 6, 6)
    assert play.spans == [[start, start + 6]]


def test_a_report_without_credit_leaves_no_play_and_does_not_move_the_last_study(page, clock, session):
    page.open()
    clock.advance(seconds=10)
    page.send(page.given(0, 0, 10))
    studied_at = page.known().last_study_at
    clock.advance(seconds=60)
    page.open()
    for given in (page.given(0, 0, 10), page.given(0, 500, 604_800), page.given(0, 30, 30)):
        assert page.send(given)[0][0] == 0
    assert page.known().last_study_at == studied_at
    assert session.scalar(sa.select(sa.func.count()).select_from(StudyPlay)) == 1


def test_a_document_opened_without_credit_is_complete_and_moves_no_last_study(session, clock):
    page = Page(session, clock, package=package_data(items=(("document", 30),)))
    page.open()
    assert page.send(page.given(0, 0, 0)) == [(0, None)]
    known = page.known()
    assert (known.complete_items, known.finished_at, known.last_study_at) == (1, clock.now, None)


def test_an_inverted_interval_credits_nothing_and_completes_no_document(session, clock):
    page = Page(session, clock, package=package_data(items=(("document", 30),)))
    page.open()
    clock.advance(seconds=60)
    assert page.send(page.given(0, 9, 0)) == [(0, None)]
    assert (page.known().complete_items, page.known().learned_seconds) == (0, 0)


def test_a_document_whose_ticket_was_never_given_is_neither_complete_nor_credited(session, clock):
    package = package_data(items=(("document", 30), ("video", 30)), play_order="free")
    page = Page(session, clock, package=package, documents_opened=False)
    page.open()
    clock.advance(seconds=60)
    assert page.send(page.given(0, 0, 0), page.given(0, 0, 9)) == [(0, "not_opened")] * 2
    assert (page.known().complete_items, page.known().learned_seconds) == (0, 0)
    open_documents(session, who=page.learner, now=clock.now)
    assert page.send(page.given(0, 0, 9)) == [(9, None)]
    assert page.known().complete_items == 1


def test_takeovers_without_credit_leave_a_bounded_number_of_sessions(page, clock, session):
    page.open()
    clock.advance(seconds=5)
    page.send(page.given(0, 0, 5))
    for _ in range(KEPT_WITHOUT_CREDIT + 15):
        page.open()
    kept = session.scalars(sa.select(StudySession).order_by(StudySession.id)).all()
    assert len(kept) <= KEPT_WITHOUT_CREDIT + 3
    assert (kept[0].credited_seconds, kept[-1].id) == (5, page.opened.id)
    with pytest.raises(Superseded):
        page.send(page.given(0, 5, 6), session_id=kept[-2].id)


@pytest.mark.parametrize("hours", [None, 1])
def test_a_report_costs_few_statements_whatever_its_size(session, clock, counted, backend, hours):
    page = Page(session, clock, package=package_data(play_order="free"), daily_video_hours=hours)
    page.open()
    clock.advance(seconds=60)
    reports = [page.given(0, n, n + 1) for n in range(20)] + [page.given(4, 0, 9), page.given(1, 0, 9)]
    session.expunge_all()
    with counted() as seen:
        page.send(*reports, session_id=page.opened.id, account_id=page.learner.account_id)
    most = {"postgres": 2, "sqlite": 9 + (hours is not None)}[backend]
    assert len(seen) == most, "\n".join(seen)


@pytest.mark.parametrize(
    ("model", "changed"),
    [
        (StudySession, {"passes", "used", "until_ms", "credited_seconds"}),
        (StudyLearner, {"complete_items", "learned_seconds", "finished_at", "last_study_at"}),
        (ItemProgress, {"seconds", "watched", "last_at", "complete_at"}),
        (StudyPlay, {"last_at", "from_seconds", "to_seconds", "spans", "credited_seconds"}),
        (StudyDay, {"video_seconds", "document_seconds"}),
    ],
)
def test_what_a_report_changes_stands_in_no_index_so_that_rows_are_changed_in_place(model, changed):
    indexed = {column.name for index in model.__table__.indexes for column in index.columns}
    assert not indexed & changed
