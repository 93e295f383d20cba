"""Which passwords are taken. Length over ornament: no classes of characters are demanded."""

from __future__ import annotations

from chassis.errors import FieldError, Invalid

SHORTEST = 8
LONGEST = 128
# What is tried first by whoever guesses; a list of thousands adds little once wrong tries are limited.
GUESSED_FIRST = frozenset(
    {
        "12345678",
        "123456789",
        "1234567890",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "password",
        "qwertyui",
    }
    | {"password1", "password123", "admin123", "abcd1234", "a1234567", "1q2w3e4r", "qwerty123", "iloveyou"}
)


class PasswordTooWeak(Invalid):
    """Too short, too long, among the first guesses, or the name itself."""

    code = "identity.password.too_weak"
    title = "密码不符合要求"
    next_step = "请使用8至128个字符，不要使用常见密码，也不要与登录名或手机号码相同。"


def check_password(password: str, *, login: str | None, mobile: str | None, field: str = "/password") -> None:
    """Raises PasswordTooWeak naming the field and the reason."""
    reason = _reason_against(password, {name for name in (login, mobile) if name})
    if reason is not None:
        code, message = reason
        raise PasswordTooWeak(fields=[FieldError(field=field, code=code, message=message)])


def _reason_against(password: str, names: set[str]) -> tuple[str, str] | None:
    if len(password) < SHORTEST:
        return "too_short", f"密码至少需要{SHORTEST}个字符"
    if len(password) > LONGEST:
        return "too_long", f"密码不能超过{LONGEST}个字符"
    plain = password.strip().lower()
    if plain in GUESSED_FIRST or len(set(plain)) < 3:
        return "too_common", "这个密码太常见，容易被猜到"
    if plain in names:
        return "same_as_name", "密码不能与登录名或手机号码相同"
    return None
