"""Mobile numbers and login names."""

from __future__ import annotations

import pytest
from identity.rules.names import (
    LoginMalformed,
    MobileMalformed,
    masked_mobile,
    normal_login,
    normal_mobile,
    read_as_typed,
)

WAYS = [
    "13900000001",
    " 139 0000 0001 ",
    "139-0000-0001",
    "+86 13900000001",
    "008613900000001",
    "１３９０００００００１",
    "8613900000001",
    "（+86）139 0000 0001",
    "139\u200b0000\u202d0001",
    "\u202a13900000001\u202c",
    "139‑0000–0001",
    "139.0000.0001",
    "\t13900000001\n",
    "139\u00a00000\u30000001",
]


@pytest.mark.parametrize("typed", WAYS)
def test_a_mobile_number_is_read_right_however_it_is_typed(typed: str):
    assert normal_mobile(typed) == "13900000001"


NO_NUMBERS = [
    "",
    "12900000001",
    "1390000000",
    "139000000011",
    "0571-88000001",
    "1390000000a",
    "+1 3900000001",
]


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_mainland_mobile_number_is_refused(typed: str):
    with pytest.raises(MobileMalformed) as caught:
        normal_mobile(typed)
    assert caught.value.fields[0].field == "/mobile"


@pytest.mark.parametrize(
    ("typed", "kept"), [("Registrar", "registrar"), (" a.b-c_9 ", "a.b-c_9"), ("ａbc", "abc")]
)
def test_login_names_are_kept_in_lower_case(typed: str, kept: str):
    assert normal_login(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "9abc", "13900000001", "名字", "a b c", "a" * 33, "a@b.c"])
def test_a_login_name_never_looks_like_a_mobile_number(typed: str):
    with pytest.raises(LoginMalformed):
        normal_login(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("139 0000 0001", "13900000001"), ("Registrar ", "registrar"), ("no such thing!", "no such thing!")],
)
def test_what_is_typed_at_sign_in_is_read_as_number_or_name(typed: str, read: str):
    assert read_as_typed(typed) == read


def test_lists_show_the_first_three_and_the_last_four_digits():
    assert masked_mobile("13900000001") == "139****0001"
    assert masked_mobile(None) is None
