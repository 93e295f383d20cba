"""Which passwords are taken."""

from __future__ import annotations

import pytest
from identity.rules.passwords import PasswordTooWeak, check_password


@pytest.mark.parametrize(
    "password", ["a good password", "8chars!!", "密码很长没有人能猜到", "x" * 20 + "yz" * 50]
)
def test_length_is_what_counts(password: str):
    check_password(password, login="registrar", mobile="13900000001")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "too_short"),
        ("7chars!", "too_short"),
        ("x" * 129, "too_long"),
        ("12345678", "too_common"),
        ("Password123", "too_common"),
        ("ababababab", "too_common"),
        ("Registrar", "same_as_name"),
        ("13900000001", "same_as_name"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password: str, code: str):
    with pytest.raises(PasswordTooWeak) as caught:
        check_password(password, login="registrar", mobile="13900000001", field="/new_password")
    assert [(field.field, field.code) for field in caught.value.fields] == [("/new_password", code)]
