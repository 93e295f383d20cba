"""A check-in that is there already, for who asks again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.check_in.rules.slots import DoneCheckIn, Slot
from supervision.rules.receipts import Receipt


def done_with_photo(session: Session, key: str) -> DoneCheckIn | None:
    """The check-in that this photo has served for."""
    found = session.scalars(sa.select(CheckIn).where(CheckIn.photo_key == key)).one_or_none()
    return None if found is None else _done(found)


def done_in_slot_or_with_photo(
    session: Session, wanted: DoneCheckIn, *, receipt: Receipt
) -> DoneCheckIn | None:
    """What was in the way of a check-in: that of its slot, else that of its photo. None: neither is there."""
    in_slot = sa.and_(
        CheckIn.enrolment_id == receipt.enrolment_id, CheckIn.day == wanted.day, CheckIn.slot == wanted.slot
    )
    found = sa.select(CheckIn).where(sa.or_(in_slot, CheckIn.photo_key == receipt.key))
    first = session.scalars(found.order_by(in_slot.desc()).limit(1)).one_or_none()
    return None if first is None else _done(first)


def _done(row: CheckIn) -> DoneCheckIn:
    return DoneCheckIn(id=row.id, day=row.day, slot=Slot(row.slot), at=row.at)
