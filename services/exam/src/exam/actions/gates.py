"""The gate of a class: who starts an attempt holds it shared, who closes the class holds it alone (K27)."""

import uuid

from chassis.db import insert, locked, locked_shared
from sqlalchemy.orm import Session

from exam.models import ClassGate


def hold_gate_shared(session: Session, class_id: uuid.UUID) -> ClassGate:
    """Any number may hold it; no closing happens meanwhile."""
    return locked_shared(session, ClassGate, class_id) or _made(session, class_id)


def hold_gate(session: Session, class_id: uuid.UUID) -> ClassGate:
    """Nobody starts an attempt meanwhile."""
    _make(session, class_id)
    gate = locked(session, ClassGate, class_id)
    assert gate is not None  # just made, and gates are never deleted
    return gate


def _made(session: Session, class_id: uuid.UUID) -> ClassGate:
    _make(session, class_id)
    gate = locked_shared(session, ClassGate, class_id)
    assert gate is not None
    return gate


def _make(session: Session, class_id: uuid.UUID) -> None:
    row = {"class_id": class_id, "closed_epoch": -1}
    session.execute(insert(session, ClassGate).values(row).on_conflict_do_nothing())
