"""Showing a document number in full, to those who need it, on the record (X13, X11)."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.queries.reach import get_class
from classroom.roster.models import DocumentCipher
from classroom.roster.queries.find_enrolments import get_enrolment, number_of


def show_number(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    cipher: DocumentCipher,
    now: datetime,
) -> str:
    """The whole number; that it was looked at stands in the audit log."""
    training_class = get_class(session, actor=actor, class_id=class_id)
    enrolment = get_enrolment(session, class_id=class_id, enrolment_id=enrolment_id)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="show_document_number",
        summary=f"查看学员 {enrolment.name} 的完整证件号码",
        now=now,
    )
    return number_of(enrolment=enrolment, cipher=cipher)
