"""A learner checks in, once or twice a day, with a photo (S2)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from chassis.clock import shanghai_day
from chassis.db import insert
from chassis.errors import Conflict
from chassis.ids import new_id
from files import Store
from files.judging import JudgedImage
from sqlalchemy.orm import Session

from supervision.actions.keep_photo import kept_photo
from supervision.check_in import events
from supervision.check_in.models import CheckIn
from supervision.check_in.queries.check_ins import check_in_at, slots_by_day
from supervision.check_in.rules.counting import days_checked_in
from supervision.check_in.rules.slots import CheckInPolicy, Slot, required_slots, slot_at
from supervision.models import ClassPolicy
from supervision.queries.classes import known_policy, require_class_day, require_open
from supervision.real_name.queries.real_names import has_verified_and_consented
from supervision.rules.tickets import Ticket


class CheckInNotAsked(Conflict):
    """The class has no check-in."""

    code = "supervision.check_in.not_asked"
    title = "本班级未启用签到"
    next_step = "无需签到，可直接开始学习。"


class RealNameFirst(Conflict):
    """A check-in's photo has nothing to be compared with before the real name is verified."""

    code = "supervision.check_in.real_name_first"
    title = "签到前需要先完成实名认证"
    next_step = "请先完成实名认证，再签到。"


class ConsentFirst(Conflict):
    """Without a standing consent no face photo is taken in (X6)."""

    code = "supervision.check_in.consent_first"
    title = "签到前需要您同意采集人脸照片"
    next_step = "请先阅读说明并同意，再签到。"


class _SlotTaken(Exception):
    """Another request of this learner filled the slot at the same moment."""


@dataclass(frozen=True, kw_only=True)
class CheckedIn:
    """The slot's check-in; `fresh` unless it was there before."""

    record: CheckIn
    fresh: bool


def record_check_in(
    session: Session,
    *,
    class_id: uuid.UUID,
    ticket: Ticket,
    photo: JudgedImage,
    store: Store,
    now: datetime,
) -> CheckedIn:
    """Fill the slot that `now` belongs to; doing it twice changes nothing and is no error (S2).

    Of two at the very same moment both get the one that was recorded. Raises ClassNotFound, ProjectionPending,
    TicketOutdated, ClassNotOpen, NoClassDay, CheckInNotAsked, RealNameFirst or ConsentFirst.
    """
    policy = known_policy(session, class_id=class_id, ticket=ticket)
    require_open(policy)
    day = shanghai_day(now)
    require_class_day(policy, today=day)
    slot = slot_at(CheckInPolicy(policy.check_in), now)
    if slot is None:
        raise CheckInNotAsked
    before = check_in_at(session, enrolment_id=ticket.enrolment_id, day=day, slot=slot)
    if before is not None:
        return CheckedIn(record=before, fresh=False)
    _require_real_name(session, policy, ticket=ticket)
    try:
        record = _keep(session, ticket=ticket, slot=slot, photo=photo, store=store, now=now)
    except _SlotTaken:
        first = check_in_at(session, enrolment_id=ticket.enrolment_id, day=day, slot=slot)
        assert first is not None  # it holds the slot, and check-ins are never deleted
        return CheckedIn(record=first, fresh=False)
    _announce(session, policy, record, now=now)
    return CheckedIn(record=record, fresh=True)


def _announce(session: Session, policy: ClassPolicy, record: CheckIn, *, now: datetime) -> None:
    required = required_slots(CheckInPolicy(policy.check_in))
    done = slots_by_day(session, enrolment_id=record.enrolment_id)
    counted = days_checked_in(required=required, done=done)
    events.check_in_recorded(session, record, days_checked_in=counted, now=now)


def _require_real_name(session: Session, policy: ClassPolicy, *, ticket: Ticket) -> None:
    verified, consented = has_verified_and_consented(session, ticket.account_id)
    if policy.real_name and not verified:
        raise RealNameFirst
    if not consented:
        raise ConsentFirst


def _keep(
    session: Session, *, ticket: Ticket, slot: Slot, photo: JudgedImage, store: Store, now: datetime
) -> CheckIn:
    with kept_photo(store, photo, prefix="faces/check-in") as kept:
        row = {
            "id": new_id(),
            "class_id": ticket.class_id,
            "enrolment_id": ticket.enrolment_id,
            "account_id": ticket.account_id,
            "provider_id": ticket.provider_id,
            "day": shanghai_day(now),
            "slot": str(slot),
            "at": now,
            "photo_key": kept.key,
            "photo_type": kept.content_type,
            "photo_sha256": kept.sha256,
        }
        statement = insert(session, CheckIn).values(row).on_conflict_do_nothing().returning(CheckIn)
        made = session.scalars(sa.select(CheckIn).from_statement(statement)).one_or_none()
        if made is None:
            raise _SlotTaken  # inside the block: the second photo leaves no file behind
    return made
