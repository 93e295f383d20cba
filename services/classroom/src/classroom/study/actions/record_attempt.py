"""Something was handed in at the exam service, which owns and scores it; study hears of it (K19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from bus import NotYet
from chassis.db import insert, locked, locked_shared
from sqlalchemy.orm import Session

from classroom.study.actions.write_report import as_lists, count_towards_finish
from classroom.study.models import (
    ItemProgress,
    StudyAttempt,
    StudyClass,
    StudyItem,
    StudyLearner,
    StudySession,
    StudyState,
)
from classroom.study.rules.completion import AttemptKind, spent_on_mock
from classroom.study.rules.intervals import NOTHING, Spans, difference, union
from classroom.study.rules.study_time import milliseconds


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """exam.attempt.handed_in.v1, typed."""

    attempt_id: UUID
    class_id: UUID
    enrolment_id: UUID
    kind: AttemptKind
    item_id: UUID | None
    number: int
    score: int
    total_score: int
    passed: bool
    started_at: datetime
    handed_in_at: datetime
    seconds: int


def record_attempt(session: Session, *, attempt: HandedIn, class_closed: bool, now: datetime) -> bool:
    """Keeps the attempt and completes its item; False when it was known already.

    ``class_closed`` says whether the class was closed when this began: then its row is taken alone, so that the last
    attempt finds all others when it counts; else shared, so that closing waits. Locks in the order of everything
    else here: sessions, class, learner. Raises NotYet when the learner or item is not known here, or the class was
    closed or opened meanwhile.
    """
    learner = session.get(StudyLearner, attempt.enrolment_id)
    if learner is None or learner.class_id != attempt.class_id:
        raise NotYet(f"enrolment {attempt.enrolment_id} has not joined class {attempt.class_id}")
    sessions = _overlapping_sessions(session, learner.account_id, attempt)
    study_class = _class_for(session, attempt.class_id, closed=class_closed)
    learner = locked(session, StudyLearner, attempt.enrolment_id)
    assert learner is not None
    item = session.get(StudyItem, (attempt.class_id, attempt.item_id)) if attempt.item_id else None
    if attempt.item_id and item is None:
        raise NotYet(f"item {attempt.item_id} is not one of class {attempt.class_id}")
    progress = session.get(ItemProgress, (attempt.enrolment_id, item.item_id)) if item else None
    seconds, spent = _mock_credit(session, attempt, item, progress, learner, sessions)
    if not _insert(session, attempt, learner.account_id, spent):
        return False
    if item is None:
        return True
    for each in sessions:
        each.used = as_lists(union((*_spans(each.used), *spent)))
    completed = _complete_item(session, attempt, item, progress, seconds, now)
    session.flush()
    count_towards_finish(
        session,
        enrolment_id=attempt.enrolment_id,
        completed=completed,
        seconds=seconds,
        item_count=study_class.item_count,
        studied=True,
        now=now,
    )
    return True


def _class_for(session: Session, class_id: UUID, *, closed: bool) -> StudyClass:
    take = locked if closed else locked_shared
    study_class = take(session, StudyClass, class_id)
    if study_class is None:
        raise NotYet(f"class {class_id} is not known to study")
    if (study_class.state == StudyState.CLOSED) != closed:
        raise NotYet(f"class {class_id} was closed or opened at this moment")
    return study_class


def _overlapping_sessions(session: Session, account_id: UUID, attempt: HandedIn) -> Sequence[StudySession]:
    """The study sessions that ran beside a mock exam: a second is credited to one of both (K18)."""
    if attempt.kind is not AttemptKind.MOCK_EXAM:
        return ()
    return session.scalars(
        sa.select(StudySession)
        .where(
            StudySession.account_id == account_id,
            StudySession.opened_ms < milliseconds(attempt.handed_in_at),
            StudySession.ended_at.is_(None) | (StudySession.until_ms > milliseconds(attempt.started_at)),
        )
        .order_by(StudySession.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _mock_credit(
    session: Session,
    attempt: HandedIn,
    item: StudyItem | None,
    progress: ItemProgress | None,
    learner: StudyLearner,
    sessions: Sequence[StudySession],
) -> tuple[int, Spans]:
    """What a mock exam's time on the clock adds: not what a session or another mock exam has spent already."""
    if attempt.kind is not AttemptKind.MOCK_EXAM or item is None:
        return 0, NOTHING
    start, end = milliseconds(attempt.started_at), milliseconds(attempt.handed_in_at)
    ran = union([(start, min(end, start + attempt.seconds * 1000))])
    others = session.scalars(
        sa.select(StudyAttempt.used).where(
            StudyAttempt.account_id == learner.account_id,
            StudyAttempt.kind == AttemptKind.MOCK_EXAM.value,
            StudyAttempt.handed_in_at > attempt.started_at,
            StudyAttempt.started_at < attempt.handed_in_at,
        )
    )
    taken = [span for each in sessions for span in _spans(each.used)]
    taken += [span for used in others for span in _spans(used)]
    learned = progress.seconds if progress else 0
    return spent_on_mock(free=difference(ran, union(taken)), length=item.seconds, learned=learned)


def _insert(session: Session, attempt: HandedIn, account_id: UUID, spent: Spans) -> bool:
    statement = (
        insert(session, StudyAttempt)
        .values(
            attempt_id=attempt.attempt_id,
            class_id=attempt.class_id,
            enrolment_id=attempt.enrolment_id,
            account_id=account_id,
            kind=attempt.kind.value,
            item_id=attempt.item_id,
            number=attempt.number,
            score=attempt.score,
            total_score=attempt.total_score,
            passed=attempt.passed,
            started_at=attempt.started_at,
            handed_in_at=attempt.handed_in_at,
            seconds=attempt.seconds,
            used=as_lists(spent),
        )
        .on_conflict_do_nothing(index_elements=["attempt_id"])
        .returning(StudyAttempt.attempt_id)
    )
    return session.scalar(statement) is not None


def _complete_item(
    session: Session,
    attempt: HandedIn,
    item: StudyItem,
    progress: ItemProgress | None,
    seconds: int,
    now: datetime,
) -> int:
    """Marks the item complete, and answers 1 when it was not yet."""
    if progress is None:
        progress = ItemProgress(
            enrolment_id=attempt.enrolment_id,
            item_id=item.item_id,
            length_seconds=max(item.seconds, 0),
            seconds=0,
            watched=[],
            first_at=attempt.started_at,
            last_at=attempt.handed_in_at,
        )
        session.add(progress)
    newly = progress.complete_at is None
    progress.complete_at = progress.complete_at or now
    progress.seconds += seconds
    progress.last_at = max(progress.last_at, attempt.handed_in_at)
    return int(newly)


def _spans(lists: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in lists]
