"""Failures: what went wrong, told to people and to programs. Only `chassis.web` knows HTTP.

A `Failure` subclass states a stable `code`, a Chinese `title` (what is wrong) and `next_step` (what to do).
Define it beside the function that raises it; `contracts/errors.yaml` is generated from all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class FieldError:
    """One thing wrong with one field. `field` is a JSON pointer into the request, e.g. "/items/0/name"."""

    field: str
    code: str
    message: str
    value: Any = None
    row: int | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The wire form, without the parts that do not apply."""
        said = {"field": self.field, "code": self.code, "message": self.message}
        extra = {"value": self.value, "row": self.row, "column": self.column}
        return {**said, **{name: value for name, value in extra.items() if value is not None}}


class Failure(Exception):
    """Base of everything that a caller may be told. Subclass one of the kinds below, not this."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal.error"
    title: ClassVar[str] = "系统出现问题"
    next_step: ClassVar[str] = "请稍后重试；若仍不成功，请把页面上的请求编号告诉客服。"

    def __init__(
        self,
        detail: str | None = None,
        *,
        fields: Sequence[FieldError] = (),
        retry_after: int | None = None,
        **extra: Any,
    ) -> None:
        """`detail` is one Chinese sentence about this occurrence; `extra` are further members of the problem."""
        super().__init__(detail or self.title)
        self.detail = detail
        self.fields = tuple(fields)
        self.retry_after = retry_after
        self.extra = extra


class BadRequest(Failure):
    """The request cannot be read at all."""

    status = 400


class Unauthenticated(Failure):
    """Nobody is signed in, or the paper shown is no longer good."""

    status = 401


class Forbidden(Failure):
    """Signed in, but this role may not do this."""

    status = 403


class NotFound(Failure):
    """It does not exist, or it is not yours: the two look the same."""

    status = 404


class Conflict(Failure):
    """It conflicts with the state of the thing, or somebody else was first."""

    status = 409


class Gone(Failure):
    """It existed and has ended (an expired link)."""

    status = 410


class PreconditionFailed(Failure):
    """The thing was changed since the caller read it."""

    status = 412


class TooLarge(Failure):
    """More bytes, rows or pixels than allowed."""

    status = 413


class WrongMediaType(Failure):
    """The content is not of a kind that is taken here."""

    status = 415


class Invalid(Failure):
    """The request can be read, but what it says breaks a rule."""

    status = 422


class PreconditionRequired(Failure):
    """An edit must say which version it edits."""

    status = 428


class TooMany(Failure):
    """Too often in too short a time; `retry_after` says when again."""

    status = 429


class Unavailable(Failure):
    """Not possible right now; `retry_after` says when to try again."""

    status = 503


class ProjectionPending(Unavailable):
    """A signed paper is good, but the event that this service needs besides has not arrived yet."""

    code = "projection.pending"
    title = "数据正在同步"
    next_step = "请稍等几秒后自动重试。"


KINDS: tuple[type[Failure], ...] = (
    BadRequest,
    Unauthenticated,
    Forbidden,
    NotFound,
    Conflict,
    Gone,
    PreconditionFailed,
    TooLarge,
    WrongMediaType,
    Invalid,
    PreconditionRequired,
    TooMany,
    Unavailable,
)


def declared() -> Iterator[type[Failure]]:
    """Every concrete failure that has been imported, once each."""
    seen: set[type[Failure]] = set()
    todo: list[type[Failure]] = [Failure]
    while todo:
        for child in todo.pop().__subclasses__():
            if child in seen:
                continue
            seen.add(child)
            todo.append(child)
            if "code" in vars(child):
                yield child
