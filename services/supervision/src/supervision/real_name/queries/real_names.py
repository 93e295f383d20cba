"""Whether an account is verified and has consented."""

import uuid

import sqlalchemy as sa
from sqlalchemy.orm import Session

from supervision.real_name.models import Consent, RealName

FACE_PHOTO = "face_photo"


def real_name_of(session: Session, account_id: uuid.UUID) -> RealName | None:
    """The account's verdict, None before it is verified."""
    return session.scalars(sa.select(RealName).where(RealName.account_id == account_id)).one_or_none()


def standing_consent(session: Session, account_id: uuid.UUID) -> Consent | None:
    """The account's consent to face photos that stands, None without one."""
    found = sa.select(Consent).where(
        Consent.account_id == account_id, Consent.purpose == FACE_PHOTO, Consent.withdrawn_at.is_(None)
    )
    return session.scalars(found).one_or_none()
