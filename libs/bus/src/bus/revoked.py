"""Hearing of access tokens that ended before their time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.revocations import revoke
from sqlalchemy.orm import Session

from bus.consumer import Consumer, react
from bus.envelope import Event

ACCESS_REVOKED = "identity.access.revoked.v1"


def access_consumer(service: str) -> Consumer:
    """A queue of its own, so that a revocation waits behind nothing else."""
    return Consumer(f"{service}.access", {ACCESS_REVOKED: react(keep_revocation)})


def keep_revocation(session: Session, event: Event) -> None:
    """identity.access.revoked.v1: refuse older tokens of this account or program. Heard again it changes nothing."""
    data = event.data
    revoke(
        session,
        subject_id=UUID(data["subject_id"]),
        least_epoch=int(data["least_epoch"]),
        revoked_at=datetime.fromisoformat(data["revoked_at"]),
    )
