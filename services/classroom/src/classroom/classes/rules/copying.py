"""What a copied class takes over from the one it is made after, and how its dates move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from classroom.classes.rules.courses import ExamWindow


def moved_exam(
    *, exam: ExamWindow | None, by: timedelta, starts: datetime, ends: datetime
) -> ExamWindow | None:
    """The exam as far from the last day as it was before, or on all days of the class where that would begin before
    the first. `starts` and `ends` bound the new class's days."""
    if exam is None:
        return None
    opens_at, closes_at = exam.opens_at + by, exam.closes_at + by
    if opens_at < starts or closes_at > ends:
        opens_at, closes_at = starts, ends - timedelta(minutes=1)
    return replace(exam, opens_at=opens_at, closes_at=closes_at)


def moved_replay(*, until: date | None, by: timedelta) -> date | None:
    """Replay lasts as long after the last day as it did before."""
    return None if until is None else until + by
