"""Edits say which version they edit: `If-Match` in, `ETag` out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import request

from chassis.errors import PreconditionFailed, PreconditionRequired

View = TypeVar("View", bound=Callable[..., Any])


class HasVersion(Protocol):
    """Anything with a row version."""

    version: int


class VersionNotNamed(PreconditionRequired):
    """An edit without If-Match could overwrite what somebody else just wrote."""

    code = "edit.version_not_named"
    title = "修改时必须说明所依据的版本"
    next_step = "请先读取最新内容，并把返回的 ETag 放入 If-Match 请求头。"


class ChangedMeanwhile(PreconditionFailed):
    """The thing is at another version than the one that the caller read."""

    code = "edit.changed_meanwhile"
    title = "内容已被他人修改"
    next_step = "请刷新后核对最新内容，再提交您的修改。"


def etag(version: int) -> dict[str, str]:
    """The header that names this version."""
    return {"ETag": f'"v{version}"'}


def edits_version(view: View) -> View:
    """Mark an operation that edits the version named by If-Match: 428 without it, 412 when it was changed meanwhile."""
    view.kaike_if_match = "required"  # type: ignore[attr-defined]
    return view


def may_name_version(view: View) -> View:
    """Mark an operation that looks at If-Match where it is sent: 412 when the version was changed meanwhile."""
    view.kaike_if_match = "optional"  # type: ignore[attr-defined]
    return view


def if_match() -> int:
    """The version named by the request's If-Match header."""
    said = request.headers.get("If-Match")
    if said is None:
        raise VersionNotNamed
    matched = re.fullmatch(r'(?:W/)?"v([0-9]{1,9})"', said.strip())
    if matched is None:
        raise ChangedMeanwhile
    return int(matched[1])


def check_version(row: HasVersion, expected: int) -> None:
    """Raise ChangedMeanwhile unless `row`, read under lock, is at the version that the caller edits."""
    if row.version != expected:
        raise ChangedMeanwhile
