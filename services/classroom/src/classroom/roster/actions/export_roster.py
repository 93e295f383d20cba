"""导出学员: the roster back as .xlsx, on the record (K11, X11)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime

from chassis.clock import SHANGHAI
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.queries.reach import get_class
from classroom.roster.actions.workbooks import roster_book
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.queries.find_enrolments import number_of, whole_roster
from classroom.roster.rules.document_numbers import SEX_LABELS, Sex
from classroom.roster.rules.document_types import LABELS, DocumentType


def export_roster(
    session: Session, *, actor: Actor, class_id: uuid.UUID, cipher: DocumentCipher, now: datetime
) -> tuple[str, bytes]:
    """The class's name and its roster with whole document numbers: it can be imported again."""
    training_class = get_class(session, actor=actor, class_id=class_id)
    roster = whole_roster(session, class_id=class_id)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="export_roster",
        summary=f"导出学员名单（{len(roster)} 人，含完整证件号码）",
        now=now,
    )
    return training_class.name, roster_book(rows=_rows(roster, cipher))


def _rows(roster: Sequence[Enrolment], cipher: DocumentCipher) -> Iterator[Sequence[str]]:
    for each in roster:
        joined = each.joined_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if each.joined_at else ""
        yield (
            each.name,
            each.contact,
            LABELS[DocumentType(each.document_type)],
            number_of(enrolment=each, cipher=cipher),
            SEX_LABELS[Sex(each.sex)],
            "已加入" if each.joined_at else "未加入",
            joined,
        )
