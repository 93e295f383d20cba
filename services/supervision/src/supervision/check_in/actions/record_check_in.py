"""A learner checks in, once or twice a day, with a photo (S2)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.clock import shanghai_day
from chassis.ids import new_id
from sqlalchemy.orm import Session

from supervision.check_in import events
from supervision.check_in.queries.done import done_in_slot_or_with_photo, done_with_photo
from supervision.check_in.rules.slots import CheckInPolicy, DoneCheckIn, slot_at
from supervision.queries.classes import why_not_open
from supervision.rules.receipts import PhotoExpired, Receipt


@dataclass(frozen=True, kw_only=True)
class CheckedIn:
    """The slot's check-in; `fresh` unless it was there before."""

    record: DoneCheckIn
    fresh: bool


def record_check_in(session: Session, *, receipt: Receipt, now: datetime) -> CheckedIn:
    """Fill the slot that `now` belongs to; doing it twice changes nothing and is no error (S2).

    What the class asks for was looked at when the photo was taken, and the receipt says so: a class checks in
    within a minute, and this is one statement, which writes only while the class is open in the receipt's epoch
    (K27). One photo serves for one check-in: sent again it is answered with that one, even when its time is over.
    Of two at the very same moment both get the one that was recorded.

    Raises PhotoExpired, ClassNotOpen, TicketOutdated or ProjectionPending.
    """
    if receipt.has_ended(now):
        before = done_with_photo(session, receipt.key)
        if before is None:
            raise PhotoExpired
        return CheckedIn(record=before, fresh=False)
    day, slot = shanghai_day(now), slot_at(CheckInPolicy(receipt.check_in), now)
    assert slot is not None  # no photo is taken in where the class asks for none
    record = DoneCheckIn(id=new_id(), day=day, slot=slot, at=now)
    if events.check_in_recorded(session, record, receipt=receipt):
        return CheckedIn(record=record, fresh=True)
    first = done_in_slot_or_with_photo(session, record, receipt=receipt)
    if first is None:
        raise why_not_open(session, class_id=receipt.class_id, epoch=receipt.epoch)
    return CheckedIn(record=first, fresh=False)
