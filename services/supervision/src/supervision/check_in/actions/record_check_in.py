"""A learner checks in, once or twice a day, with a photo (S2)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import shanghai_day
from chassis.errors import Conflict
from chassis.ids import new_id
from files import Store
from files.judging import JudgedImage
from sqlalchemy.orm import Session

from supervision.actions.keep_photo import kept_photo
from supervision.check_in import events
from supervision.check_in.queries.before import Before, before_check_in
from supervision.check_in.rules.counting import day_counts
from supervision.check_in.rules.slots import DoneCheckIn, Slot, required_slots, slot_at
from supervision.queries.classes import require_class_day, require_open
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

    record: DoneCheckIn
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
    day = shanghai_day(now)
    before = before_check_in(session, class_id=class_id, ticket=ticket, day=day)
    require_open(before)
    require_class_day(before, today=day)
    slot = slot_at(before.check_in, now)
    if slot is None:
        raise CheckInNotAsked
    if slot in before.today:
        return CheckedIn(record=before.today[slot], fresh=False)
    _require_real_name(before)
    record = DoneCheckIn(id=new_id(), day=day, slot=slot, at=now)
    counted = before.earlier_days + _counts(before, with_slot=slot)
    try:
        _keep(session, record, days_checked_in=counted, ticket=ticket, photo=photo, store=store)
    except _SlotTaken:
        first = before_check_in(session, class_id=class_id, ticket=ticket, day=day).today[slot]
        return CheckedIn(record=first, fresh=False)
    return CheckedIn(record=record, fresh=True)


def _require_real_name(before: Before) -> None:
    if before.real_name and not before.verified:
        raise RealNameFirst
    if not before.consented:
        raise ConsentFirst


def _counts(before: Before, *, with_slot: Slot) -> bool:
    return day_counts(required=required_slots(before.check_in), done={*before.today, with_slot})


def _keep(
    session: Session,
    record: DoneCheckIn,
    *,
    days_checked_in: int,
    ticket: Ticket,
    photo: JudgedImage,
    store: Store,
) -> None:
    with kept_photo(store, photo, prefix="faces/check-in") as kept:
        row = {
            "id": record.id,
            "class_id": ticket.class_id,
            "enrolment_id": ticket.enrolment_id,
            "account_id": ticket.account_id,
            "provider_id": ticket.provider_id,
            "day": record.day,
            "slot": record.slot,
            "at": record.at,
            "photo_key": kept.key,
            "photo_type": kept.content_type,
            "photo_sha256": kept.sha256,
        }
        if not events.check_in_recorded(session, row, days_checked_in=days_checked_in, now=record.at):
            raise _SlotTaken  # inside the block: the second photo leaves no file behind
