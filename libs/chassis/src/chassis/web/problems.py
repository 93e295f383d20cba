"""RFC 9457 problem documents: every error of every service looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import structlog
from flask import Flask, Response, g, jsonify
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from chassis import troubles
from chassis.db import is_away
from chassis.errors import (
    BadRequest,
    Conflict,
    Failure,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    TooLarge,
    Unavailable,
)
from chassis.errors import TooMany as TooManyKind
from chassis.errors import WrongMediaType as WrongMediaTypeKind
from chassis.troubles import is_disk_trouble
from chassis.web.fields import Message

MOST_ERRORS = 1000
"""More wrong fields than this are not told: a small body must not make an answer of many megabytes."""

log = structlog.get_logger(__name__)


class NoSuchPath(NotFound):
    """Nothing answers at this address."""

    code = "http.not_found"
    title = "地址不存在"
    next_step = "请核对网址。"


class Unreadable(BadRequest):
    """Broken JSON, a broken multipart body, a broken header."""

    code = "http.unreadable"
    title = "请求内容无法读取"
    next_step = "请核对请求格式（JSON 是否完整、编码是否为 UTF-8）。"


class FieldsInvalid(Invalid):
    """One or several fields break a rule; `errors` lists them all."""

    code = "http.fields_invalid"
    title = "有内容不符合要求"
    next_step = "请按 errors 中每一项的说明修改后再提交。"


class TooSlow(Failure):
    """Head or body of the request did not come in time."""

    status = 408
    code = "http.too_slow"
    title = "请求接收超时"
    next_step = "请检查网络后重新提交。"


class AddressTooLong(Failure):
    """The request's first line is longer than this server reads."""

    status = 414
    code = "http.address_too_long"
    title = "网址过长"
    next_step = "请减少查询条件，或把内容放在请求体中提交。"


class HeadTooLarge(Failure):
    """The request's headers are more or larger than this server reads."""

    status = 431
    code = "http.head_too_large"
    title = "请求头过大"
    next_step = "请清除本站的 Cookie 后重试。"


class BodyTooLarge(TooLarge):
    """The body is larger than this operation takes."""

    code = "http.body_too_large"
    title = "提交的内容过大"
    next_step = "请缩小文件或分批提交。"


class MethodNotAllowed(Failure):
    """The address exists but not for this method."""

    status = 405
    code = "http.method_not_allowed"
    title = "此地址不支持该请求方法"
    next_step = "请核对接口文档。"


class MediaTypeNotTaken(WrongMediaTypeKind):
    """The body is of a kind that is not taken here."""

    code = "http.media_type"
    title = "不支持的内容类型"
    next_step = "请使用 application/json 或接口文档中写明的类型。"


class TooManyRequests(TooManyKind):
    """More requests than allowed."""

    code = "http.too_many_requests"
    title = "操作过于频繁"
    next_step = "请稍后再试。"


class ConcurrentChange(Conflict):
    """Somebody else changed the same thing at the same moment."""

    code = "http.concurrent_change"
    title = "与同时进行的另一操作冲突"
    next_step = "请刷新后重试。"


class Busy(Unavailable):
    """The database is busy or away."""

    code = "http.busy"
    title = "系统繁忙"
    next_step = "请稍等几秒后重试。"


class RequestRefused(Forbidden):
    """Refused by the web layer itself."""

    code = "http.forbidden"
    title = "请求被拒绝"
    next_step = "请核对权限。"


class InternalError(Failure):
    """A fault of ours."""

    code = "http.internal"
    title = "系统出现问题"
    next_step = "请稍后重试；若仍不成功，请把请求编号告诉客服。"


BY_STATUS: dict[int, type[Failure]] = {
    400: Unreadable,
    403: RequestRefused,
    404: NoSuchPath,
    405: MethodNotAllowed,
    413: BodyTooLarge,
    415: MediaTypeNotTaken,
    422: FieldsInvalid,
    429: TooManyRequests,
    503: Busy,
}


def register_problems(app: Flask) -> None:
    """Answer every exception with a problem document."""
    app.register_error_handler(Failure, problem)
    app.register_error_handler(HTTPException, _from_http)
    app.register_error_handler(IntegrityError, _from_integrity)
    app.register_error_handler(DataError, _from_data)
    app.register_error_handler(OperationalError, _from_operational)
    app.register_error_handler(Exception, _from_anything)


def problem(failure: Failure) -> Response:
    """The document of a failure."""
    body: dict[str, Any] = {
        "type": f"/errors#{failure.code}",
        "title": failure.title,
        "status": failure.status,
        "code": failure.code,
        "detail": failure.detail or failure.title,
        "next_step": failure.next_step,
        "request_id": g.get("request_id"),
        **failure.extra,
    }
    if failure.fields:
        body["errors"] = [field.as_dict() for field in failure.fields]
    response = jsonify(body)
    response.status_code = failure.status
    response.content_type = "application/problem+json"
    if failure.retry_after is not None:
        response.headers["Retry-After"] = str(failure.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response


def field_errors(messages: Any, *, at: str = "") -> Iterator[FieldError]:
    """Marshmallow's (and webargs') nested messages as a flat list of JSON pointers."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            step = (
                ""
                if key in ("_schema", "json", "query", "form", "files", "multipart", "json_or_form")
                else f"/{_escaped(key)}"
            )
            yield from field_errors(inner, at=at + step)
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from field_errors(message, at=at)
    else:
        known = {"必填": "required", "不认识的字段": "unknown"}
        code = messages.code if isinstance(messages, Message) else known.get(str(messages), "invalid")
        yield FieldError(field=at or "/", code=code, message=str(messages))


def _escaped(key: object) -> str:
    # A name from the request: it may be long, and hold halves of characters that no answer can be written with.
    text = str(key)[:200].encode("utf-8", "replace").decode()
    return text.replace("~", "~0").replace("/", "~1")


def _from_http(error: HTTPException) -> Response:
    code = error.code or 500
    kind = BY_STATUS.get(code, Unreadable if 400 <= code < 500 else InternalError)
    messages = getattr(error, "data", {}).get("messages") if hasattr(error, "data") else None
    wrong = field_errors(messages) if messages else iter(())
    response = problem(kind(fields=list(islice(wrong, MOST_ERRORS))))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    for name, value in ((getattr(error, "data", None) or {}).get("headers") or {}).items():
        response.headers[name] = value
    return response


def _from_integrity(error: IntegrityError) -> Response:
    # A constraint held where an action had no words for it: the caller lost a race, and we want to know.
    log.error("unnamed_violation", exc_info=error)
    return problem(ConcurrentChange())


def _from_data(error: DataError) -> Response:
    # A value that its column cannot hold passed the schema: the schema should say so, with the field's name.
    log.error("value_not_taken", exc_info=error)
    return problem(FieldsInvalid("有内容超出可以保存的范围"))


def _from_operational(error: Exception) -> Response:
    """Also a time-out of a lock or of a statement: what is busy now may be free in a moment."""
    if is_away(error):
        troubles.met("database")
        # Said at every request: one line and no traceback, it is no fault of the code.
        log.error("database_away", error=type(getattr(error, "orig", None) or error).__name__)
    else:
        log.error("database_busy", exc_info=error)
    return problem(Busy(retry_after=2))


def _from_anything(error: Exception) -> Response:
    if is_away(error):
        return _from_operational(error)
    if is_disk_trouble(error):
        troubles.met("disk")
        log.error("disk_away", error=str(error))
        return problem(Busy(retry_after=60))
    log.error("unhandled", exc_info=error)
    return problem(InternalError())
