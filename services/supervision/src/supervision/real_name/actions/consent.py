"""A learner consents to face photos, or takes the consent back (X6)."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import insert
from chassis.errors import FieldError, Invalid
from chassis.ids import new_id
from sqlalchemy.orm import Session

from supervision.real_name.models import Consent
from supervision.real_name.models.real_names import STANDING
from supervision.real_name.queries.real_names import FACE_PHOTO

WORDING = "2026-11"
"""The version of the consent's text that the pages show."""


class ConsentNeeded(Invalid):
    """Without the learner's own consent no face photo is taken in."""

    code = "supervision.consent.needed"
    title = "需要您单独同意采集人脸照片"
    next_step = "请阅读说明并勾选同意后再提交。"


def give_consent(session: Session, *, account_id: uuid.UUID, agreed: bool, now: datetime) -> Consent:
    """Record the consent; one that stands already is given back. Raises ConsentNeeded unless `agreed`."""
    if not agreed:
        message = "必须同意后才能采集人脸照片"
        raise ConsentNeeded(fields=[FieldError(field="/consent", code="must_be_true", message=message)])
    row = {
        "id": new_id(),
        "account_id": account_id,
        "purpose": FACE_PHOTO,
        "wording": WORDING,
        "given_at": now,
    }
    made = insert(session, Consent).values(row)
    # Changes nothing, but holds the one that stands: it cannot be withdrawn before it is given back.
    standing = made.on_conflict_do_update(
        index_elements=["account_id", "purpose"],
        index_where=STANDING,
        set_={"purpose": made.excluded.purpose},
    )
    found = sa.select(Consent).from_statement(standing.returning(Consent))
    return session.scalars(found, execution_options={"populate_existing": True}).one()


def withdraw_consent(session: Session, *, account_id: uuid.UUID, now: datetime) -> None:
    """Take the consent back from now on; without one nothing changes."""
    session.execute(
        sa.update(Consent)
        .where(
            Consent.account_id == account_id, Consent.purpose == FACE_PHOTO, Consent.withdrawn_at.is_(None)
        )
        .values(withdrawn_at=now)
    )
