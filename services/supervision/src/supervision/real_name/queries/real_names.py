"""Whether an account is verified with a document, and has consented."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from supervision.real_name.models import Consent, RealName
from supervision.rules.tickets import Ticket

FACE_PHOTO = "face_photo"


def verdict_for(columns: Any, *, account_id: Any, document: Any, enrolment_id: Any) -> sa.ColumnElement[bool]:
    """The verdict that counts for a ticket: of its account and document, or, from before verdicts named a document,
    of its enrolment (S1). `columns` are those of RealName, the values may be bound parameters."""
    of_enrolment = sa.and_(columns.document.is_(None), columns.enrolment_id == enrolment_id)
    return sa.and_(columns.account_id == account_id, sa.or_(columns.document == document, of_enrolment))


def real_name_of(session: Session, ticket: Ticket) -> RealName | None:
    """The verdict for the ticket's document, None before it is verified."""
    found = sa.select(RealName).where(_verdict(ticket)).order_by(RealName.id).limit(1)
    return session.scalars(found).one_or_none()


def latest_real_name(session: Session, account_id: uuid.UUID) -> RealName | None:
    """The account's newest verdict, whatever its document."""
    found = sa.select(RealName).where(RealName.account_id == account_id)
    return session.scalars(found.order_by(RealName.id.desc()).limit(1)).one_or_none()


def has_verified_and_consented(session: Session, ticket: Ticket) -> tuple[bool, bool]:
    """Whether the ticket's document is verified, and whether its account's consent to face photos stands: asked every
    two minutes by everyone who studies, so in one statement."""
    verified = sa.exists().where(_verdict(ticket))
    consented = sa.exists().where(*_standing(ticket.account_id))
    return session.execute(sa.select(verified, consented)).tuples().one()


def standing_consent(session: Session, account_id: uuid.UUID) -> Consent | None:
    """The account's consent to face photos that stands, None without one."""
    return session.scalars(sa.select(Consent).where(*_standing(account_id))).one_or_none()


def _verdict(ticket: Ticket) -> sa.ColumnElement[bool]:
    return verdict_for(
        RealName,
        account_id=ticket.account_id,
        document=ticket.document,
        enrolment_id=ticket.enrolment_id,
    )


def _standing(account_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return Consent.account_id == account_id, Consent.purpose == FACE_PHOTO, Consent.withdrawn_at.is_(None)
