"""Errors are told without anybody's data."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from bus.handling.said import said, where


def test_a_database_error_does_not_quote_its_rows() -> None:
    error = sa.exc.IntegrityError("INSERT", {"name": "Zhang San"}, Exception("Key (name)=(Zhang San) exists"))
    assert said(error) == "IntegrityError Exception"


def test_other_errors_are_told_in_one_short_line() -> None:
    assert said(ValueError("too heavy")) == "ValueError: too heavy"
    assert len(said(ValueError("x" * 1000))) == 300


def test_the_place_is_told() -> None:
    with pytest.raises(sa.exc.ArgumentError) as raised:
        sa.create_engine("nonsense")
    assert "create_engine" in where(raised.value)
