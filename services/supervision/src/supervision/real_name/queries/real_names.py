"""Whether an account is verified and has consented."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from supervision.real_name.models import Consent, RealName

FACE_PHOTO = "face_photo"


def real_name_of(session: Session, account_id: uuid.UUID) -> RealName | None:
    """The account's verdict, None before it is verified."""
    return session.scalars(sa.select(RealName).where(RealName.account_id == account_id)).one_or_none()


def has_verified_and_consented(session: Session, account_id: uuid.UUID) -> tuple[bool, bool]:
    """Whether the account is verified, and whether its consent to face photos stands: asked every two minutes by
    everyone who studies, so in one statement."""
    verified = sa.exists().where(RealName.account_id == account_id)
    consented = sa.exists().where(*_standing(account_id))
    return session.execute(sa.select(verified, consented)).tuples().one()


def standing_consent(session: Session, account_id: uuid.UUID) -> Consent | None:
    """The account's consent to face photos that stands, None without one."""
    return session.scalars(sa.select(Consent).where(*_standing(account_id))).one_or_none()


def _standing(account_id: uuid.UUID) -> tuple[sa.ColumnElement[bool], ...]:
    return Consent.account_id == account_id, Consent.purpose == FACE_PHOTO, Consent.withdrawn_at.is_(None)
