from datetime import datetime

import pytest
from chassis.clock import SHANGHAI
from supervision.check_in.rules.slots import CheckInPolicy, Slot, due_since, required_slots, slot_at


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{time}+08:00")


@pytest.mark.parametrize(
    ("time", "slot"),
    [
        ("00:00:00", "morning"),
        ("11:59:59.999999", "morning"),
        ("12:00:00", "afternoon"),
        ("12:00:00.000001", "afternoon"),
        ("23:59:59", "afternoon"),
    ],
)
def test_twelve_sharp_belongs_to_the_second(time: str, slot: str) -> None:
    assert slot_at(CheckInPolicy.TWICE, at(time)) is Slot(slot)
    assert slot_at(CheckInPolicy.ONCE, at(time)) is Slot.DAY
    assert slot_at(CheckInPolicy.OFF, at(time)) is None


def test_noon_is_shanghais_and_not_utcs() -> None:
    assert slot_at(CheckInPolicy.TWICE, datetime.fromisoformat("2026-11-24T04:00:00Z")) is Slot.AFTERNOON
    assert slot_at(CheckInPolicy.TWICE, datetime.fromisoformat("2026-11-24T03:59:59Z")) is Slot.MORNING


@pytest.mark.parametrize(
    ("policy", "slots"), [("off", []), ("once", ["day"]), ("twice", ["morning", "afternoon"])]
)
def test_a_day_requires_what_the_class_says(policy: str, slots: list[str]) -> None:
    assert list(required_slots(CheckInPolicy(policy))) == slots


@pytest.mark.parametrize(("slot", "time"), [("day", "00:00"), ("morning", "00:00"), ("afternoon", "12:00")])
def test_a_slot_falls_due_at_midnight_or_noon(slot: str, time: str) -> None:
    assert due_since(Slot(slot), at("15:30:00")).astimezone(SHANGHAI) == at(f"{time}:00")
