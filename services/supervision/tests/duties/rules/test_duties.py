from datetime import datetime, timedelta

import pytest
from supervision.check_in.rules.slots import CheckInPolicy, Slot
from supervision.duties.rules.duties import (
    GRACE,
    Held,
    Standing,
    Use,
    due_by,
    duties_due,
    is_granted,
    next_held,
)

NOON = datetime.fromisoformat("2026-11-24T12:00:00+08:00")
MIDNIGHT = datetime.fromisoformat("2026-11-25T00:00:00+08:00")


def standing(**changes) -> Standing:
    said = {
        "real_name": True,
        "check_in": CheckInPolicy.TWICE,
        "verified": True,
        "consented": True,
        "done": (Slot.MORNING, Slot.AFTERNOON),
    }
    return Standing(**{**said, **changes})


def due(now: datetime, use: Use = Use.STUDY, **changes) -> list[tuple[str, str | None]]:
    return [
        (str(duty.kind), duty.slot) for duty in duties_due(use=use, standing=standing(**changes), now=now)
    ]


@pytest.mark.parametrize(
    ("use", "changes", "expected"),
    [
        ("study", {}, []),
        ("study", {"verified": False}, ["real_name"]),
        ("study", {"verified": False, "consented": False, "done": ()}, ["real_name", "consent", "check_in"]),
        ("study", {"done": (Slot.MORNING,)}, ["check_in"]),
        ("exam", {"done": ()}, []),
        ("exam", {"verified": False, "consented": False, "done": ()}, ["real_name", "consent"]),
        (
            "study",
            {"real_name": False, "check_in": CheckInPolicy.OFF, "verified": False, "consented": False},
            [],
        ),
        (
            "exam",
            {"real_name": False, "check_in": CheckInPolicy.OFF, "verified": False, "consented": False},
            [],
        ),
        ("study", {"check_in": CheckInPolicy.ONCE, "done": (Slot.DAY,)}, []),
        ("study", {"check_in": CheckInPolicy.ONCE, "done": ()}, ["check_in"]),
    ],
)
def test_what_is_due_depends_on_class_learner_and_use(use: str, changes: dict, expected: list[str]) -> None:
    assert [kind for kind, _ in due(NOON, Use(use), **changes)] == expected


@pytest.mark.parametrize(("seconds", "slot"), [(-1, "morning"), (0, "afternoon"), (3600, "afternoon")])
def test_only_the_slot_of_the_moment_is_asked_for(seconds: int, slot: str) -> None:
    assert due(NOON + timedelta(seconds=seconds), done=()) == [("check_in", slot)]


def granted(now: datetime, held: Held | None, **changes) -> bool:
    found = duties_due(use=Use.STUDY, standing=standing(**changes), now=now)
    return is_granted(found, held=held, now=now)


def studied(since: int, until: int, around: datetime = NOON) -> Held:
    return Held(since=around + timedelta(seconds=since), until=around + timedelta(seconds=until))


@pytest.mark.parametrize(
    ("held", "after", "passes"),
    [
        (studied(-600, 60), 0, True),
        (studied(-600, 60), 119, True),
        (studied(-600, 60), 120, False),
        (studied(-600, 0), 0, True),
        (studied(-600, -9), 5, True),
        (studied(-600, -11), 5, False),
        (studied(0, 120), 60, False),
        (studied(1, 121), 60, False),
        (None, 0, False),
        (None, 60, False),
    ],
)
def test_at_noon_only_who_was_studying_has_grace(held: Held | None, after: int, passes: bool) -> None:
    assert granted(NOON + timedelta(seconds=after), held, done=(Slot.MORNING,)) is passes


def test_study_across_midnight_has_grace_and_the_first_study_of_a_day_has_none() -> None:
    once = {"check_in": CheckInPolicy.ONCE, "done": ()}
    late = MIDNIGHT + timedelta(seconds=90)
    assert granted(late, studied(-60, 60, MIDNIGHT), **once)
    assert not granted(late, None, **once)
    assert not granted(late, studied(-9000, -8880, MIDNIGHT), **once)


@pytest.mark.parametrize("lacking", [{"verified": False}, {"consented": False}])
def test_real_name_and_consent_never_wait(lacking: dict) -> None:
    assert not granted(NOON + timedelta(seconds=5), studied(-600, 60), done=(Slot.MORNING,), **lacking)


def test_the_grace_is_told_with_its_end() -> None:
    (duty,) = duties_due(use=Use.STUDY, standing=standing(done=(Slot.MORNING,)), now=NOON)
    assert due_by(duty, held=studied(-1, 119), now=NOON) == NOON + GRACE


def test_passes_asked_for_in_time_make_one_unbroken_row() -> None:
    held = None
    for seconds in (0, 118, 240, 365):
        held = next_held(held, now=NOON + timedelta(seconds=seconds))
    assert held == studied(0, 485)
    assert next_held(held, now=NOON + timedelta(seconds=496)) == studied(496, 616)


def test_grace_cannot_be_stretched_by_asking_again_and_again() -> None:
    held, moment, last = studied(-600, 1), NOON, None
    while granted(moment, held, done=(Slot.MORNING,)):
        held, last = next_held(held, now=moment), moment
        moment += timedelta(seconds=10)
    assert last == NOON + timedelta(seconds=110)
    assert moment == NOON + GRACE
