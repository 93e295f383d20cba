"""The roster as 学员管理 shows it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.document_numbers import mask_number, tidy_number
from classroom.roster.rules.document_types import LABELS, DocumentType
from classroom.roster.rules.names import name_key


class EnrolmentNotFound(NotFound):
    """No such enrolment in this class."""

    code = "classroom.enrolment.not_found"
    title = "学员不在名单中"
    next_step = "请刷新学员名单后重试。"


def find_enrolments(
    *, class_id: uuid.UUID, cipher: DocumentCipher, joined: bool | None = None, text: str | None = None
) -> sa.Select:
    """The class's enrolments in the order in which they were entered. `text` is part of a name or contact, or
    a whole document number: encrypted numbers are found by their index only (X13)."""
    select = sa.select(Enrolment).where(Enrolment.class_id == class_id)
    if joined is not None:
        select = select.where(Enrolment.account_id.is_not(None) if joined else Enrolment.account_id.is_(None))
    if text:
        key = name_key(text)
        select = select.where(
            Enrolment.name.icontains(text, autoescape=True)
            | (Enrolment.name_key.contains(key, autoescape=True) if key else sa.false())
            | Enrolment.contact.icontains(text, autoescape=True)
            | (Enrolment.document_index == cipher.index(tidy_number(text)))
        )
    return select.order_by(Enrolment.id)


def whole_roster(session: Session, *, class_id: uuid.UUID) -> list[Enrolment]:
    """All of a class's enrolments, at most 500 (K8)."""
    select = sa.select(Enrolment).where(Enrolment.class_id == class_id).order_by(Enrolment.id)
    return list(session.scalars(select))


def get_enrolment(session: Session, *, class_id: uuid.UUID, enrolment_id: uuid.UUID) -> Enrolment:
    """The enrolment, freshly read. The class must be within reach and locked. Raises EnrolmentNotFound."""
    select = (
        sa.select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.class_id == class_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = session.scalar(select)
    if found is None:
        raise EnrolmentNotFound
    return found


def as_rows(*, enrolments: Iterable[Enrolment], cipher: DocumentCipher) -> list[dict[str, Any]]:
    """The enrolments with their masked numbers (X13)."""
    return [
        {
            "enrolment": each,
            "document_number": mask_number(number_of(enrolment=each, cipher=cipher)),
            "document_type_label": LABELS[DocumentType(each.document_type)],
            "joined": each.account_id is not None,
        }
        for each in enrolments
    ]


def number_of(*, enrolment: Enrolment, cipher: DocumentCipher) -> str:
    """The document number in full: only for what K15, K11 and X13 allow."""
    return cipher.open(enrolment.document_sealed, enrolment_id=enrolment.id)
