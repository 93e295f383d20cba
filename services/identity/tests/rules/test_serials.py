"""Codes of providers and dealers."""

from __future__ import annotations

import pytest
from identity.rules.serials import CodesUsedUp, dealer_code, provider_code


@pytest.mark.parametrize(("serial", "code"), [(1, "000001"), (240, "000240"), (999_999, "999999")])
def test_a_provider_code_has_six_digits(serial: int, code: str):
    assert provider_code(serial) == code


@pytest.mark.parametrize(("serial", "code"), [(1, "D0001"), (9_999, "D9999")])
def test_a_dealer_code_has_a_letter_and_four_digits(serial: int, code: str):
    assert dealer_code(serial) == code


@pytest.mark.parametrize(
    ("make", "serial"), [(provider_code, 1_000_000), (dealer_code, 10_000), (provider_code, 0)]
)
def test_beyond_the_last_code_there_is_none(make, serial: int):
    with pytest.raises(CodesUsedUp):
        make(serial)
