"""By what a person is known when signing in: a mobile number or a login name, never both of one shape."""

from __future__ import annotations

import re
import unicodedata

from chassis.errors import FieldError, Invalid
from chassis.typed import bare_number

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNTRY = re.compile(r"^(\+|00)?86(?=1[0-9]{10}$)")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")


class MobileMalformed(Invalid):
    """Not a mainland mobile number."""

    code = "identity.mobile.malformed"
    title = "手机号码格式不正确"
    next_step = "请输入11位手机号码，例如 13900000001。"


class LoginMalformed(Invalid):
    """Not a login name; one that looks like a mobile number could be mistaken for somebody's."""

    code = "identity.login.malformed"
    title = "登录名格式不正确"
    next_step = "登录名须以字母开头，3至32位，可用小写字母、数字、点、下划线和连字符。"


def normal_mobile(text: str, *, field: str = "/mobile") -> str:
    """Eleven digits. Full-width digits, spaces, hyphens, brackets, invisible characters and the country's code (+86,
    0086, 86) are read right. Raises MobileMalformed."""
    plain = _COUNTRY.sub("", bare_number(text).replace(".", ""))
    if not _MOBILE.fullmatch(plain):
        said = FieldError(field=field, code="malformed", message=MobileMalformed.title)
        raise MobileMalformed(fields=[said])
    return plain


def normal_login(text: str, *, field: str = "/login") -> str:
    """A login name in lower case. Raises LoginMalformed."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not _LOGIN.fullmatch(plain):
        said = FieldError(field=field, code="malformed", message=LoginMalformed.title)
        raise LoginMalformed(fields=[said])
    return plain


def read_as_typed(text: str) -> str:
    """What somebody typed at sign-in, as it would be stored: a mobile number if it is one, else a login name.

    Never raises: what fits neither simply finds no account.
    """
    try:
        return normal_mobile(text)
    except MobileMalformed:
        return unicodedata.normalize("NFKC", text).strip().lower()


def masked_mobile(mobile: str | None) -> str | None:
    """13900000001 → 139****0001, as every list shows it."""
    return None if mobile is None else f"{mobile[:3]}****{mobile[-4:]}"
