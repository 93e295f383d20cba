"""Marshmallow fields whose messages are Chinese and whose types are strict."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask_smorest.fields import Upload
from marshmallow import ValidationError, validate
from marshmallow import fields as ma
from werkzeug.datastructures import FileStorage

from chassis import money
from chassis.text import code_point, unreadable_in
from chassis.typed import bare_number

_COMMON = {"required": "必填", "null": "不能为空", "validator_failed": "内容不符合要求"}
TEXT_RULE = "x-text"
"""Marks a text in the API document until it is known whether it comes in; then it becomes a pattern."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
"""RFC 3339; Python's own reader takes weeks, basic forms and any character between day and time as well."""
MOST_MONEY_FEN = 99_999_999_999
"""999,999,999.99: more than that is a slip of the keyboard."""
# Years in which every time zone and every database can reckon.
_YEARS = range(1900, 3000)


class Message(str):
    """What is wrong with a field, with the code that programs read."""

    code: str

    def __new__(cls, text: str, *, code: str) -> Message:
        """`text` is a Chinese sentence for people."""
        message = super().__new__(cls, text)
        message.code = code
        return message


class String(ma.String):
    """Text, trimmed. `min_length` counts after trimming; what no text may have (`chassis.text`) is refused."""

    default_error_messages = {**_COMMON, "invalid": "必须是文字"}

    def __init__(
        self,
        *,
        min_length: int = 0,
        max_length: int = 200,
        trim: bool = True,
        lines: bool = False,
        **kwargs: Any,
    ) -> None:
        """`lines` allows tabs and line breaks."""
        given = kwargs.pop("validate", None)
        rules = [] if given is None else list(given) if isinstance(given, list | tuple) else [given]
        text = f"长度须为 {min_length}–{max_length} 个字符" if min_length else f"最多 {max_length} 个字符"
        rules.insert(0, validate.Length(min=min_length, max=max_length, error=text))
        self._trim, self._lines = trim, lines
        metadata = {TEXT_RULE: "lines" if lines else "line", **kwargs.pop("metadata", {})}
        super().__init__(validate=rules, metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        require_readable(text, lines=self._lines)
        return text.strip() if self._trim else text


class Number(String):
    """A number as people paste it, such as a telephone's: `read` puts it right before its length is checked."""

    def __init__(self, *, max_length: int, read: Callable[[str], str] = bare_number, **kwargs: Any) -> None:
        """`max_length` counts what was sent, too. Tabs and line breaks come with what is pasted."""
        self._read, self._most = read, max_length
        super().__init__(max_length=max_length, lines=True, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        return self._read(text) if len(text) <= self._most else text


class Integer(ma.Integer):
    """A whole number, not 1.0 and not "1" in JSON. Bounds by `minimum` and `maximum`."""

    default_error_messages = {**_COMMON, "invalid": "必须是整数", "too_large": "数字过大"}

    def __init__(self, *, minimum: int | None = None, maximum: int | None = None, **kwargs: Any) -> None:
        """Bounds are inclusive; without them, what fits a database integer."""
        low = -(2**31) if minimum is None else minimum
        high = 2**31 - 1 if maximum is None else maximum
        text = f"须在 {low} 与 {high} 之间" if minimum is not None else f"不能大于 {high}"
        super().__init__(strict=True, validate=validate.Range(min=low, max=high, error=text), **kwargs)

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class QueryInteger(Integer):
    """A whole number in a query string, where everything is text."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"0|-?[1-9][0-9]{0,9}", value):
            value = int(value)
        return super()._validated(value)


class Boolean(ma.Boolean):
    """true or false, not "true" and not 1."""

    default_error_messages = {**_COMMON, "invalid": "必须是 true 或 false"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):  # 1.0 and 1 are equal to True
            raise self.make_error("invalid", input=value)
        return value


class QueryBoolean(Boolean):
    """true or false in a query string or a form, where everything is text."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        known = {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
        return super()._deserialize(known, attr, data, **kwargs)


class Uuid(ma.UUID):
    """An id in its usual form of 36 characters."""

    default_error_messages = {**_COMMON, "invalid_uuid": "不是有效的编号"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise self.make_error("invalid_uuid")
        return super()._deserialize(value, attr, data, **kwargs)


class Day(ma.Field[date]):
    """A Shanghai calendar day, "2026-11-24"."""

    default_error_messages = {
        **_COMMON,
        "invalid": "日期应写成 2026-11-24 的样子",
        "range": "日期须在 1900 年与 2999 年之间",
    }

    def _serialize(self, value: date | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else value.isoformat()

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise self.make_error("invalid") from None
        if day.year not in _YEARS:
            raise self.make_error("range")
        return day


class Moment(ma.Field[datetime]):
    """A moment with its offset, "2026-11-24T08:00:00Z"; given out in UTC."""

    default_error_messages = {
        **_COMMON,
        "invalid": "时间应写成 2026-11-24T08:00:00+08:00 的样子，并带时区",
        "range": "时间须在 1900 年与 2999 年之间",
    }

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else moment_text(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        try:
            written = isinstance(value, str) and _MOMENT.fullmatch(value)
            moment = datetime.fromisoformat(value.upper()) if written else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise self.make_error("invalid")
        if moment.year not in _YEARS:
            raise self.make_error("range")
        return moment.astimezone(UTC)


class Money(ma.Field[int]):
    """An amount: fen inside, "75.00" outside. What comes in lies between `minimum` and `maximum`, in fen."""

    default_error_messages = {**_COMMON, "invalid": "金额应写成带两位小数的文字，例如 75.00"}

    def __init__(self, *, minimum: int = 0, maximum: int = MOST_MONEY_FEN, **kwargs: Any) -> None:
        """Bounds are inclusive. The pattern is for the API documentation; `chassis.money` reads."""
        self._minimum, self._maximum = minimum, maximum
        super().__init__(
            metadata={"pattern": r"^-?(0|[1-9]\d*)\.\d{2}$", **kwargs.pop("metadata", {})}, **kwargs
        )

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else money.yuan(value)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        try:
            amount = money.fen(value)
        except ValueError:
            raise self.make_error("invalid") from None
        if not self._minimum <= amount <= self._maximum:
            least, most = money.yuan(self._minimum), money.yuan(self._maximum)
            raise ValidationError(f"金额须在 {least} 与 {most} 之间")
        return amount


class Enum(ma.String):
    """One of the values of a StrEnum, or of the given texts."""

    default_error_messages = {**_COMMON, "invalid": "必须是文字"}

    def __init__(self, choices: type[enum.StrEnum] | tuple[str, ...], **kwargs: Any) -> None:
        """`choices` are shown in the message and in the API documentation."""
        self.kind = choices if isinstance(choices, type) else None
        names = [str(choice) for choice in choices]
        super().__init__(validate=validate.OneOf(names, error=f"须为以下之一：{'、'.join(names)}"), **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(value)

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        """The member when the choices are a StrEnum, else the text."""
        found = super().deserialize(value, attr, data, **kwargs)
        return self.kind(found) if self.kind is not None and isinstance(found, str) else found


class List(ma.List[Any]):
    """A list with at most `max_items`."""

    default_error_messages = {**_COMMON, "invalid": "必须是列表"}

    def __init__(self, inner: Any, *, min_items: int = 0, max_items: int = 500, **kwargs: Any) -> None:
        """Bounds are inclusive."""
        text = f"须有 {min_items}–{max_items} 项" if min_items else f"最多 {max_items} 项"
        super().__init__(inner, validate=validate.Length(min=min_items, max=max_items, error=text), **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> list[Any]:
        if not isinstance(value, list):  # an object would be read as the list of its names
            raise self.make_error("invalid")
        return super()._deserialize(value, attr, data, **kwargs)


class Nested(ma.Nested):
    """An object inside."""

    default_error_messages = {**_COMMON, "type": "必须是对象"}


class File(Upload):  # type: ignore[misc] # flask-smorest has no types
    """A file in a multipart body; a text of that name is none."""

    default_error_messages = {**_COMMON, "invalid": "必须是文件"}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> FileStorage:
        if not isinstance(value, FileStorage):
            raise self.make_error("invalid")
        return value


class Dict(ma.Dict):
    """An object with free keys; for what is given out as it is."""

    default_error_messages = {**_COMMON, "invalid": "必须是对象"}


def moment_text(moment: datetime) -> str:
    """RFC 3339 in UTC with a Z, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def require_readable(text: str, *, lines: bool) -> None:
    """Raise ValidationError with the code `unreadable`, naming the first character that a text may not have."""
    found = unreadable_in(text, lines=lines)
    if found is None:
        return
    what = "不能有换行或制表符" if found in "\t\n\r\u2028\u2029" else "含有无法显示的字符"
    raise ValidationError(Message(f"{what}（{code_point(found)}），请删除后再提交", code="unreadable"))
