"""The review log and the audit log."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.classes.models import AuditEntry, ReviewDecision


def review_log(session: Session, *, class_id: uuid.UUID) -> list[ReviewDecision]:
    """All decisions about a class, of all its applications, in order of time (K13)."""
    select = (
        sa.select(ReviewDecision)
        .where(ReviewDecision.class_id == class_id)
        .order_by(ReviewDecision.decided_at, ReviewDecision.id)
    )
    return list(session.scalars(select))


def decisions_of(session: Session, *, application_id: uuid.UUID) -> list[ReviewDecision]:
    """The decisions about one application, the first review first."""
    select = (
        sa.select(ReviewDecision)
        .where(ReviewDecision.application_id == application_id)
        .order_by(ReviewDecision.decided_at, ReviewDecision.id)
    )
    return list(session.scalars(select))


def audit_of_class(*, class_id: uuid.UUID) -> sa.Select:
    """Who did what to a class (X11); to be paged by key."""
    return sa.select(AuditEntry).where(AuditEntry.class_id == class_id)


def audit_of_provider(*, provider_id: uuid.UUID) -> sa.Select:
    """Who did what in a provider's classes (X11), deleted drafts included; to be paged by key."""
    return sa.select(AuditEntry).where(AuditEntry.provider_id == provider_id)
