"""A learner's real name is verified, once per account and document (S1)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.db import insert
from chassis.errors import FieldError, Invalid
from chassis.ids import new_id
from files import Store
from files.judging import JudgedImage
from sqlalchemy.orm import Session

from supervision.queries.classes import known_policy, require_open
from supervision.real_name.actions.consent import give_consent
from supervision.real_name.actions.keep_photo import kept_photo
from supervision.real_name.models import RealName
from supervision.real_name.queries.real_names import real_name_of
from supervision.real_name.rules.verifying import Claim, Verifier
from supervision.rules.tickets import Ticket


class RealNameRefused(Invalid):
    """The verifier said no."""

    code = "supervision.real_name.refused"
    title = "实名认证未通过"
    next_step = "请确认本人信息与报名一致，在光线充足处正对镜头重新拍照。"


class _VerifiedMeanwhile(Exception):
    """Another request of this account and document was verified at the same moment."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """The verdict for account and document; `fresh` unless they were verified before."""

    record: RealName
    fresh: bool


def verify_real_name(
    session: Session,
    *,
    ticket: Ticket,
    agreed: bool,
    photo: JudgedImage,
    verifier: Verifier,
    store: Store,
    now: datetime,
) -> Verified:
    """Record the consent and the verdict, and keep the photo as reference. Account and document verified before:
    nothing changes. A namesake with another document is not verified by it.

    Raises ClassNotFound, ProjectionPending, TicketOutdated, ClassNotOpen, ConsentNeeded or RealNameRefused.
    """
    require_open(known_policy(session, class_id=ticket.class_id, ticket=ticket))
    give_consent(session, account_id=ticket.account_id, agreed=agreed, now=now)
    before = real_name_of(session, ticket)
    if before is not None:
        return Verified(record=before, fresh=False)
    claim = Claim(
        matched=ticket.matched,
        document=ticket.document,
        sealed=ticket.sealed,
        photo=photo.data,
        width=photo.width,
        height=photo.height,
    )
    verdict = verifier.verify(claim)
    if not verdict.accepted:
        wrong = FieldError(field="/photo", code="refused", message=verdict.reason)
        raise RealNameRefused(verdict.reason, fields=[wrong])
    try:
        record = _keep(session, ticket=ticket, photo=photo, by=verifier.name, store=store, now=now)
    except _VerifiedMeanwhile:
        first = real_name_of(session, ticket)
        assert first is not None  # it was in the way, and verdicts are never deleted
        return Verified(record=first, fresh=False)
    return Verified(record=record, fresh=True)


def _keep(
    session: Session, *, ticket: Ticket, photo: JudgedImage, by: str, store: Store, now: datetime
) -> RealName:
    with kept_photo(store, photo, prefix="faces/real-name") as kept:
        row = {
            "id": new_id(),
            "account_id": ticket.account_id,
            "document": ticket.document,
            "enrolment_id": ticket.enrolment_id,
            "class_id": ticket.class_id,
            "provider_id": ticket.provider_id,
            "verifier": by,
            "verified_at": now,
            "photo_key": kept.key,
            "photo_type": kept.content_type,
            "photo_sha256": kept.sha256,
        }
        statement = insert(session, RealName).values(row).on_conflict_do_nothing().returning(RealName.id)
        made = session.scalar(statement)
        if made is None:
            raise _VerifiedMeanwhile  # inside the block: the second photo leaves no file behind
    return session.get_one(RealName, made)
