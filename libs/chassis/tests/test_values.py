"""Money, time, settings, logs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from chassis import clock
from chassis.config import SettingMissing, Settings
from chassis.logs import refuse_private
from chassis.money import fen, yuan
from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(0, 10**15 - 1))
def test_money_comes_back_as_it_went(amount):
    assert fen(yuan(amount)) == amount


@pytest.mark.parametrize(
    "text", ["75", "75.0", "75.000", "-1.00", "1e2", "075.00", "75,00", " 75.00", "", "٧٥.٠٠"]
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        fen(text)


def test_a_day_is_a_shanghai_day():
    assert clock.shanghai_day(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert clock.shanghai_day(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)
    assert clock.shanghai_midnight(date(2026, 3, 2)) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


def test_a_test_clock_is_refused_outside_tests(tmp_path, monkeypatch):
    monkeypatch.setenv("KAIKE_TEST_CLOCK", str(tmp_path / "clock"))
    monkeypatch.setenv("KAIKE_ENV", "production")
    with pytest.raises(clock.TestClockRefused):
        clock.now()


def test_there_is_no_default_secret():
    with pytest.raises(SettingMissing, match="KAIKE_SECRET"):
        Settings.from_env("bakery", {})
    made = Settings.from_env("bakery", {"KAIKE_SECRET": "x" * 32})
    assert made.secret("a") != made.secret("b")
    assert "x'" not in repr(made)


def test_private_values_are_kept_out_of_the_log():
    assert refuse_private(None, "info", {"event": "x", "mobile": "13900000001"}) == {
        "event": "x",
        "mobile": "[private]",
    }
