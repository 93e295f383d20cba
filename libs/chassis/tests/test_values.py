"""Money, time, settings, logs."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from chassis import clock
from chassis.config import SettingMissing, Settings
from chassis.logs import refuse_private
from chassis.money import fen, yuan
from chassis.typed import bare_number, spaced_number
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("pasted", "bare", "spaced"),
    [
        (" ＋86 139-0000\u200b0012\n", "+8613900000012", "+86 139-00000012"),
        ("０１０－６６５５\u3000４４３３", "01066554433", "010-6655 4433"),
        ("（010）6655‑4433", "01066554433", "(010)6655-4433"),
        ("6222\u00a00200\u2212１234\t56", "62220200123456", "6222 0200-1234 56"),
        ("\u202aH12345678\u202c", "H12345678", "H12345678"),
    ],
)
def test_a_number_is_read_as_it_was_pasted(pasted, bare, spaced):
    assert (bare_number(pasted), spaced_number(pasted)) == (bare, spaced)


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
