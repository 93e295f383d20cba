"""The counts behind the limits: a moving window for each key."""

from __future__ import annotations

import pytest
from edge import windows
from edge.windows import QuietMemory, moving_windows
from limits import parse
from limits.errors import ConfigurationError

LIMIT = parse("3 per minute")


class Clock:
    """What the counts take for the time."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(windows, "time", made)
    return made


def test_a_knock_counts_for_a_minute_and_no_longer(clock: Clock):
    counts = moving_windows("memory://")
    assert [counts.hit(LIMIT, "a") for _ in range(2)] == [True, True]
    clock.now += 40
    assert [counts.hit(LIMIT, "a") for _ in range(2)] == [True, False]
    assert counts.get_window_stats(LIMIT, "a").reset_time == 1_000_060.0
    clock.now += 21
    assert [counts.hit(LIMIT, "a") for _ in range(3)] == [True, True, False]
    assert counts.get_window_stats(LIMIT, "a").reset_time == 1_000_100.0


def test_a_refused_knock_does_not_make_the_wait_longer(clock: Clock):
    counts = moving_windows("memory://")
    assert [counts.hit(LIMIT, "a") for _ in range(5)] == [True, True, True, False, False]
    clock.now += 61
    assert counts.hit(LIMIT, "a")


def test_each_key_has_a_count_of_its_own(clock: Clock):
    counts = moving_windows("memory://")
    assert [counts.hit(LIMIT, "a") for _ in range(4)][-1] is False
    assert counts.hit(LIMIT, "b")
    assert counts.get_window_stats(LIMIT, "c").remaining == 3


def test_who_has_not_come_for_long_is_forgotten(clock: Clock):
    counts = moving_windows("memory://")
    for number in range(100):
        counts.hit(LIMIT, f"address {number}")
    kept = counts.storage
    assert isinstance(kept, QuietMemory)
    assert len(kept._windows) == 100
    clock.now += 75
    counts.hit(LIMIT, "somebody else")
    assert list(kept._windows) == list(kept._gone) == [LIMIT.key_for("somebody else")]


def test_another_storage_is_found_by_its_address():
    with pytest.raises(ConfigurationError):
        moving_windows("nowhere://")
