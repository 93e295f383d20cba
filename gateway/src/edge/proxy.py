"""One request on its way to its service and its answer on the way back, both streamed."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any
from urllib.parse import quote, unquote

import structlog
import urllib3
from chassis.errors import NotFound, Unavailable
from flask import Response, current_app, g, request
from prometheus_client import Counter
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    MaxRetryError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.util.request import SKIP_HEADER

from edge.addresses import client_address, client_scheme
from edge.bodies import BLOCK, STALLED, USUAL, CountedBody, check_length, collected, most_bytes
from edge.config import EdgeSettings
from edge.headers import end_to_end, onward
from edge.upstreams import Upstreams

FAILURES = Counter(
    "kaike_gateway_upstream_failures_total", "Requests that a service did not answer", ["upstream", "kind"]
)
_PLAIN_PATH = re.compile(r"/(?!/)[!-~]*")
log = structlog.get_logger(__name__)


class UpstreamUnavailable(Unavailable):
    """The request did not reach the service behind this address: it cannot be connected to, or has no room."""

    code = "gateway.upstream.unavailable"
    title = "服务暂时不可用"
    next_step = "这次操作没有执行，请稍等几秒后重试。"


class UpstreamBrokeOff(Unavailable):
    """The service took the request and broke off before it answered; it may have done what was asked."""

    code = "gateway.upstream.broke_off"
    title = "服务连接中断"
    next_step = "操作可能已经完成，请先刷新页面核对结果，再决定是否重试。"


class UpstreamSlow(Unavailable):
    """The service took the request but did not answer in time; it may still have done what was asked."""

    code = "gateway.upstream.timed_out"
    title = "服务处理超时"
    next_step = "操作可能已经完成，请先刷新页面核对结果，再决定是否重试。"


class NoSuchService(NotFound):
    """Nothing is behind this address."""

    code = "gateway.address.unknown"
    title = "地址不存在"
    next_step = "请检查网址是否正确；接口说明见 /docs。"


def forward(service: str, *, target: str | None = None) -> Response:
    """Hand the present request to `service` and stream back what it answers.

    A usual body is collected before the service hears of it, so that a slow phone holds a thread of the gateway, of
    which there are many, and none of the service's. `target` is another path than the request's own. Raises
    UpstreamUnavailable, UpstreamBrokeOff, UpstreamSlow, BodyTooLarge, BodyBrokeOff or NoSuchService; all of them before
    anything of the answer has been sent.
    """
    upstreams: Upstreams = current_app.extensions["edge.upstreams"]
    if not upstreams.knows(service):
        FAILURES.labels(service, "no_address").inc()
        raise UpstreamUnavailable(retry_after=30)
    target = target or target_of_request()
    connection = request.environ.get("gunicorn.socket")
    if connection is not None:  # gunicorn itself would wait for ever, and take it back for the next request
        connection.settimeout(STALLED)
    limit = most_bytes(request.path)
    check_length(request.content_length, limit=limit)
    large = (request.content_length or 0) > USUAL or (request.content_length is None and limit > USUAL)
    with ExitStack() as held:
        if not held.enter_context(upstreams.share(service)):
            raise _full(service)
        if large and not held.enter_context(upstreams.place(service, large=True)):
            raise _full(service)
        body, length = _body(limit, large=large)
        if body is not None and not isinstance(body, CountedBody):
            held.callback(body.close)
        if not held.enter_context(upstreams.place(service)):
            raise _full(service)
        return _answer(service, _asked(upstreams, service, target, _headers(length), body))


def _asked(
    upstreams: Upstreams,
    service: str,
    target: str,
    headers: list[tuple[str, str]],
    body: CountedBody | IO[bytes] | None,
) -> urllib3.BaseHTTPResponse:
    try:
        return upstreams.ask(service, request.method, target, headers=headers, body=body)
    except ReadTimeoutError as error:
        raise _failed(service, "timed_out", error, UpstreamSlow(retry_after=5)) from error
    except HTTPError as error:
        failure = UpstreamUnavailable if _never_connected(error) else UpstreamBrokeOff
        raise _failed(service, type(error).__name__, error, failure(retry_after=3)) from error


def _never_connected(error: HTTPError) -> bool:
    """Whether the service cannot have heard of the request."""
    reason = error.reason if isinstance(error, MaxRetryError) else error
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _full(service: str) -> UpstreamUnavailable:
    FAILURES.labels(service, "full").inc()
    return UpstreamUnavailable(retry_after=3)


def target_of_request() -> str:
    """Path and query exactly as they came. Raises NoSuchService for dot segments, which could leave the service."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    path, _, query = raw.partition("#")[0].partition("?")
    # Another server may hand the address on in another form, or read it otherwise than the routes here have done.
    if not _PLAIN_PATH.fullmatch(path) or unquote(path) != request.path:
        path, query = (
            quote(request.path, safe="/:@!$&'()*+,;=~-._"),
            request.query_string.decode("ascii", "ignore"),
        )
    if any(segment in {".", ".."} for segment in request.path.replace("\\", "/").split("/")):
        raise NoSuchService
    return f"{path}?{query}" if query else path


def client() -> str:
    """The address of the present request's client."""
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    return client_address(
        peer=request.environ.get("REMOTE_ADDR") or "127.0.0.1",
        forwarded_for=request.headers.get("X-Forwarded-For"),
        trusted=settings.trusted_proxies,
    )


def _headers(length: int | None) -> list[tuple[str, str]]:
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    scheme = client_scheme(
        peer=request.environ.get("REMOTE_ADDR") or "",
        forwarded_proto=request.headers.get("X-Forwarded-Proto"),
        trusted=settings.trusted_proxies,
        tls=settings.tls,
    )
    headers = onward(
        request.headers.items(), address=client(), scheme=scheme, host=request.host, request_id=g.request_id
    )
    if "User-Agent" not in request.headers:
        headers.append(("User-Agent", SKIP_HEADER))  # urllib3 would speak of itself
    if length or (length == 0 and request.method in {"POST", "PUT", "PATCH"}):
        headers.append(("Content-Length", str(length)))
    return headers


def _body(limit: int, *, large: bool) -> tuple[CountedBody | IO[bytes] | None, int | None]:
    """The body with its length: none, collected, or (a large one) as it flows. A chunked one has no length but may
    well have bytes."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if not chunked and not request.content_length:
        return None, 0
    body = CountedBody(request.stream, limit=limit)
    return (body, request.content_length) if large else collected(body)


def _answer(service: str, answer: urllib3.BaseHTTPResponse) -> Response:
    response = Response(status=answer.status)
    response.headers.clear()
    for name, value in end_to_end(answer.headers.iteritems()):
        if name.lower() not in {"server", "date", "x-request-id"}:
            response.headers.add(name, value)
    if request.method == "HEAD" or answer.status in {204, 304}:
        answer.drain_conn()
        response.automatically_set_content_length = False
        return response
    response.response = _blocks(service, answer)
    response.call_on_close(answer.close)
    return response


def _blocks(service: str, answer: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """The answer's body as it arrives. When the service breaks off, so do we: a short answer must not look whole."""
    try:
        while block := answer.read1(BLOCK, decode_content=False):
            yield block
    except HTTPError as error:
        FAILURES.labels(service, "broke_off").inc()
        log.warning("upstream_broke_off", upstream=service, error=type(error).__name__)
        raise ConnectionResetError(errno.ECONNRESET, "the service broke off") from error


def _failed(service: str, kind: str, error: Exception, failure: Unavailable) -> Unavailable:
    FAILURES.labels(service, kind).inc()
    # Not the error's text: it holds the address, and that what somebody searched for.
    reason = getattr(error, "reason", None)
    log.warning("upstream_failed", upstream=service, kind=kind, reason=type(reason or error).__name__)
    return failure


def upstream_json(upstreams: Upstreams, service: str, target: str, *, seconds: float) -> tuple[int, Any]:
    """A small JSON answer of a service; raises urllib3's errors."""
    answer = upstreams.ask(service, "GET", target, seconds=seconds)
    try:
        return answer.status, answer.json()
    finally:
        answer.close()
