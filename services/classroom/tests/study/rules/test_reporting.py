"""A batch of reports: sequential order, documents, and the answer's reasons (C5, K19, X12)."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from classroom.study.rules.credit import Clock
from classroom.study.rules.reporting import Course, ItemState, Report, judge, newly_complete
from classroom.study.rules.study_time import Timetable, midnight

DAY = date(2026, 11, 24)
NOON = midnight(DAY) + 12 * 3_600_000
PASS = (NOON, NOON + 120_000)
FIRST, SECOND, THIRD = (uuid.UUID(int=number) for number in (1, 2, 3))
OPEN = Course(timetable=Timetable(start_day=DAY, end_day=DAY))


def items(*, sequential: bool = True) -> dict[uuid.UUID, ItemState]:
    return {
        FIRST: ItemState(item_id=FIRST, kind="video", length=20),
        SECOND: ItemState(item_id=SECOND, kind="document", length=30, after=FIRST if sequential else None),
        THIRD: ItemState(item_id=THIRD, kind="video", length=20, after=SECOND if sequential else None),
    }


def report(item_id: uuid.UUID, start: int, end: int, *, pass_span=PASS) -> Report:
    return Report(
        report_id=uuid.UUID(int=start + 100), item_id=item_id, span=(start, end), pass_span=pass_span
    )


def judged(*reports: Report, seconds: int = 120, course: Course = OPEN, known=None, complete=frozenset()):
    clock = Clock(opened=NOON, until=NOON + seconds * 1000)
    return judge(
        reports=reports,
        clock=clock,
        items=known or items(),
        complete=complete,
        video_by_day={},
        course=course,
    )


def said(ledger) -> list[tuple[int, str | None]]:
    return [(verdict.credited_seconds, verdict.reason) for verdict in ledger.verdicts]


def test_an_item_opens_when_the_one_before_it_is_complete_also_in_the_same_batch():
    ledger = judged(report(SECOND, 0, 5), report(FIRST, 0, 20), report(SECOND, 0, 5), report(THIRD, 0, 5))
    assert said(ledger) == [(0, "not_open_yet"), (20, None), (5, None), (5, None)]
    assert newly_complete(items(), ledger.items) == {FIRST, SECOND}


def test_in_free_order_everything_is_open():
    assert said(judged(report(THIRD, 0, 5), known=items(sequential=False))) == [(5, None)]


def test_an_item_completed_earlier_opens_the_next():
    assert said(judged(report(SECOND, 0, 5), complete=frozenset({FIRST}))) == [(5, None)]


def test_a_document_is_complete_once_opened_whatever_was_read():
    ledger = judged(report(SECOND, 0, 0), seconds=0, complete=frozenset({FIRST}))
    assert said(ledger) == [(0, None)]
    assert ledger.items[SECOND].complete


def test_a_document_outside_the_windows_is_not_opened():
    late = Course(timetable=Timetable(start_day=date(2026, 11, 25), end_day=date(2026, 11, 26)))
    ledger = judged(report(SECOND, 0, 9), course=late, complete=frozenset({FIRST}))
    assert said(ledger) == [(0, "outside_days")]
    assert not ledger.items[SECOND].complete


def test_two_items_share_one_budget():
    ledger = judged(report(FIRST, 0, 20), report(THIRD, 0, 20), seconds=30, known=items(sequential=False))
    assert said(ledger) == [(20, None), (10, "budget")]


@pytest.mark.parametrize(
    ("course", "pass_span", "reason"),
    [
        (replace(OPEN, open=False), PASS, "closed"),
        (OPEN, None, "pass_invalid"),
        (OPEN, (NOON - 120_000, NOON - 1), "pass_ended"),
        (replace(OPEN, daily_video_seconds=0), PASS, "limit_reached"),
    ],
)
def test_the_answer_says_why_nothing_was_credited(course, pass_span, reason):
    assert said(judged(report(FIRST, 0, 9, pass_span=pass_span), course=course)) == [(0, reason)]


def test_the_daily_limit_stops_videos_only():
    ledger = judged(
        report(FIRST, 0, 9),
        report(SECOND, 0, 9),
        known=items(sequential=False),
        course=replace(OPEN, daily_video_seconds=4),
    )
    assert said(ledger) == [(4, "limit_reached"), (9, None)]
    assert ledger.gained_by_day == {(DAY, "video"): 4, (DAY, "document"): 9}


def test_a_report_that_names_no_time_of_the_session_credits_nothing_from_other_passes():
    ledger = judged(report(FIRST, 0, 9, pass_span=(NOON - 900_000, NOON - 600_000)), report(FIRST, 0, 5))
    assert said(ledger) == [(0, "pass_ended"), (5, None)]
