"""Which duties stand between a learner and a study pass (S6)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from supervision.check_in.rules.slots import CheckInPolicy, Slot, due_since, slot_at

PASS_SECONDS = 120
"""A pass always lasts this long: its length tells nothing about what comes next."""
GRACE = timedelta(seconds=120)
LATENESS = timedelta(seconds=10)
"""A player asks again when its pass ends; what the network takes does not make it a first study."""


class Use(StrEnum):
    """What a pass is for."""

    STUDY = "study"
    EXAM = "exam"


class DutyKind(StrEnum):
    """What a learner may have to do first."""

    REAL_NAME = "real_name"
    CONSENT = "consent"
    CHECK_IN = "check_in"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """Something to do. `due_since` is the moment at which the clock made it due; None: it always was."""

    kind: DutyKind
    slot: Slot | None = None
    due_since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Held:
    """An unbroken row of passes: `since` the first was given, `until` the last ends."""

    since: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the class asks for and what the learner has done already; `done` are today's slots."""

    real_name: bool
    check_in: CheckInPolicy
    verified: bool
    consented: bool
    done: Collection[Slot]


def duties_due(*, use: Use, standing: Standing, now: datetime) -> list[Duty]:
    """The duties due at this moment. The exam asks for real-name and consent, not for check-in (S6).

    A slot whose time is over can't be fulfilled any more, so it is never asked for.
    """
    takes_photos = standing.real_name or standing.check_in is not CheckInPolicy.OFF
    due = []
    if standing.real_name and not standing.verified:
        due.append(Duty(kind=DutyKind.REAL_NAME))
    if takes_photos and not standing.consented:
        due.append(Duty(kind=DutyKind.CONSENT))
    slot = slot_at(standing.check_in, now) if use is Use.STUDY else None
    if slot is not None and slot not in standing.done:
        due.append(Duty(kind=DutyKind.CHECK_IN, slot=slot, due_since=due_since(slot, now)))
    return due


def due_by(duty: Duty, *, held: Held | None, now: datetime) -> datetime | None:
    """Until when a duty may wait, if it may: 120 s from when it fell due, for one who was studying then (S6).

    Who held no pass at that moment begins to study now, and the first study has no grace.
    """
    if duty.due_since is None or held is None:
        return None
    was_studying = held.since < duty.due_since <= held.until + LATENESS
    end = duty.due_since + GRACE
    return end if was_studying and now < end else None


def is_granted(due: Collection[Duty], *, held: Held | None, now: datetime) -> bool:
    """Whether a pass may be given: nothing is due, or all that is due may wait."""
    return all(due_by(duty, held=held, now=now) is not None for duty in due)


def next_held(held: Held | None, *, now: datetime) -> Held:
    """The row of passes after one more is given now."""
    until = now + timedelta(seconds=PASS_SECONDS)
    unbroken = held is not None and now <= held.until + LATENESS
    return Held(since=held.since if unbroken and held is not None else now, until=until)
