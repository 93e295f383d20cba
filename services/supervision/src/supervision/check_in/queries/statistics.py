"""Check-in statistics of a class: per day and per learner, with rates (S3).

The database counts what the rule `day_counts` decides one by one; a test holds the two together.
"""

import uuid
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from chassis.clock import shanghai_midnight
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.check_in.rules.counting import percent
from supervision.check_in.rules.slots import CheckInPolicy, required_slots
from supervision.models import ClassLearner, ClassPolicy
from supervision.rules.days import begun, class_days, days_begun


def class_statistics(session: Session, policy: ClassPolicy, *, today: date) -> dict[str, Any]:
    """The class as a whole: how many were expected and how many checked in on each day that has begun."""
    span = {"start_day": policy.start_day, "end_day": policy.end_day}
    counted = _counted(policy)
    by_day = session.execute(sa.select(counted.c.day, sa.func.count()).group_by(counted.c.day))
    checked_in = dict(by_day.tuples().all())
    joined = _joining_moments(session, policy.class_id)
    days = [
        _day(day, checked_in=checked_in.get(day, 0), expected=_by_the_end_of(day, joined))
        for day in begun(**span, today=today)
    ]
    expected = sum(day["expected"] for day in days)
    return {
        "class_id": policy.class_id,
        "check_in": policy.check_in,
        "required_slots": list(required_slots(CheckInPolicy(policy.check_in))),
        "class_days": class_days(**span),
        "days_begun": days_begun(**span, today=today),
        "learners_joined": len(joined),
        "rate_percent": percent(sum(day["checked_in"] for day in days), expected),
        "days": days[::-1],
    }


def list_joined(*, class_id: uuid.UUID, text: str | None) -> sa.Select[tuple[ClassLearner]]:
    """The learners who joined, by name."""
    found = sa.select(ClassLearner).where(*_joined(class_id))
    if text:
        found = found.where(ClassLearner.name.icontains(text, autoescape=True))
    return found.order_by(ClassLearner.name, ClassLearner.enrolment_id)


def learner_lines(
    session: Session, policy: ClassPolicy, learners: Sequence[ClassLearner], *, today: date
) -> list[dict[str, Any]]:
    """Each learner's X/Y (S3), rate and last check-in."""
    ids = [learner.enrolment_id for learner in learners]
    counted = _counted(policy)
    days = _per_learner(
        session,
        sa.select(counted.c.enrolment_id, sa.func.count())
        .where(counted.c.enrolment_id.in_(ids))
        .group_by(counted.c.enrolment_id),
    )
    last = _per_learner(
        session,
        sa.select(CheckIn.enrolment_id, sa.func.max(CheckIn.at))
        .where(CheckIn.enrolment_id.in_(ids))
        .group_by(CheckIn.enrolment_id),
    )
    total = days_begun(start_day=policy.start_day, end_day=policy.end_day, today=today)
    return [
        {
            "enrolment_id": learner.enrolment_id,
            "name": learner.name,
            "days_checked_in": days.get(learner.enrolment_id, 0),
            "days_begun": total,
            "rate_percent": percent(days.get(learner.enrolment_id, 0), total),
            "last_check_in_at": last.get(learner.enrolment_id),
        }
        for learner in learners
    ]


def _counted(policy: ClassPolicy) -> sa.Subquery:
    """(enrolment, day) pairs that count: every required slot is there. One slot can only be there once."""
    required = required_slots(CheckInPolicy(policy.check_in))
    return (
        sa.select(CheckIn.enrolment_id, CheckIn.day)
        .where(CheckIn.class_id == policy.class_id, CheckIn.slot.in_(required))
        .group_by(CheckIn.enrolment_id, CheckIn.day)
        .having(sa.func.count() == len(required))
        .subquery()
    )


def _day(day: date, *, checked_in: int, expected: int) -> dict[str, Any]:
    return {
        "day": day,
        "checked_in": checked_in,
        "expected": expected,
        "rate_percent": percent(checked_in, expected),
    }


def _joining_moments(session: Session, class_id: uuid.UUID) -> list[datetime]:
    found = sa.select(ClassLearner.joined_at).where(*_joined(class_id))
    return sorted(moment for moment in session.scalars(found) if moment is not None)


def _by_the_end_of(day: date, joined: Sequence[datetime]) -> int:
    return bisect_left(joined, shanghai_midnight(day + timedelta(days=1)))


def _joined(class_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        ClassLearner.class_id == class_id,
        ClassLearner.removed.is_(False),
        ClassLearner.joined_at.is_not(None),
    )


def _per_learner(session: Session, select: sa.Select[Any]) -> dict[uuid.UUID, Any]:
    return dict(session.execute(select).tuples().all())
