"""Which check-ins a day requires, and which one a moment belongs to (S2)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from supervision.rules.days import SHANGHAI

NOON = time(12)


class CheckInPolicy(StrEnum):
    """每日签到：不启用、每日一次、每日两次."""

    OFF = "off"
    ONCE = "once"
    TWICE = "twice"


class Slot(StrEnum):
    """A check-in that a day asks for."""

    DAY = "day"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, kw_only=True)
class DoneCheckIn:
    """A slot of a Shanghai day that a learner filled, and when."""

    id: uuid.UUID
    day: date
    slot: Slot
    at: datetime


REQUIRED = {
    CheckInPolicy.OFF: (),
    CheckInPolicy.ONCE: (Slot.DAY,),
    CheckInPolicy.TWICE: (Slot.MORNING, Slot.AFTERNOON),
}


def required_slots(policy: CheckInPolicy) -> tuple[Slot, ...]:
    """Every slot that a day needs to count (S3), in order."""
    return REQUIRED[policy]


def slot_at(policy: CheckInPolicy, moment: datetime) -> Slot | None:
    """The slot that a check-in at this moment fills; 12:00:00 in Shanghai belongs to the second (S2)."""
    if policy is CheckInPolicy.OFF:
        return None
    if policy is CheckInPolicy.ONCE:
        return Slot.DAY
    return Slot.MORNING if moment.astimezone(SHANGHAI).time() < NOON else Slot.AFTERNOON


def due_since(slot: Slot, moment: datetime) -> datetime:
    """When this slot of the moment's day fell due: at its midnight, or at noon."""
    begins = NOON if slot is Slot.AFTERNOON else time()
    return datetime.combine(moment.astimezone(SHANGHAI).date(), begins, SHANGHAI)
