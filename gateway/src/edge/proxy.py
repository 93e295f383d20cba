"""One request on its way to its service and its answer on the way back, both streamed."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

import structlog
import urllib3
from chassis.errors import Unavailable
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

from edge.addresses import client_scheme
from edge.bodies import BLOCK, BUFFERED, IN_MEMORY, USUAL, CountedBody, check_length, collected, most_bytes
from edge.callers import account, client, counted_address
from edge.config import EdgeSettings
from edge.headers import end_to_end, onward
from edge.paths import target_of_request
from edge.shares import WAIT, Shares
from edge.upstreams import Upstreams

FAILURES = Counter(
    "kaike_gateway_upstream_failures_total", "Requests that a service did not answer", ["upstream", "kind"]
)
MEDIA = "edge_media"
Turn = Callable[[], AbstractContextManager[None]]
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


def forward(service: str, *, target: str | None = None, turn: Turn = nullcontext) -> Response:
    """Hand the present request to `service` and stream back what it answers.

    The body is collected before anything is taken that others need as well: a slow phone holds a thread of the gateway,
    of which there are many, and none of the service's. Then comes `turn`, where the request has to wait for one.
    `target` is another path than the request's own. Raises UpstreamUnavailable, UpstreamBrokeOff, UpstreamSlow,
    BodyTooLarge, BodyBrokeOff, TooManyAtOnce, TransfersFull or NoSuchService; all of them before anything of the answer
    has been sent.
    """
    upstreams: Upstreams = current_app.extensions["edge.upstreams"]
    if not upstreams.knows(service):
        FAILURES.labels(service, "no_address").inc()
        raise UpstreamUnavailable(retry_after=30)
    target = target or target_of_request()
    limit = most_bytes(request.path)
    check_length(request.content_length, limit=limit)
    with ExitStack() as held:
        if not held.enter_context(upstreams.share(service)):
            raise _full(service)
        body, length = _body(limit)
        if body is not None:
            held.callback(body.close)
        held.enter_context(turn())
        if (length or 0) > USUAL and not held.enter_context(upstreams.place(service, large=True)):
            raise _full(service)
        if not held.enter_context(upstreams.place(service)):
            raise _full(service)
        return _answer(service, _asked(upstreams, service, target, _headers(length), body))


def _asked(
    upstreams: Upstreams,
    service: str,
    target: str,
    headers: list[tuple[str, str]],
    body: IO[bytes] | None,
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


def _body(limit: int) -> tuple[IO[bytes] | None, int | None]:
    """The whole body with its length, or none. What the server has not received before this request was begun (more
    than a little, or chunked) holds a thread as long as it comes, so its client needs a share for it."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if not chunked and not request.content_length:
        return None, 0
    body = CountedBody(request.stream, limit=limit)
    if not chunked and (request.content_length or 0) <= BUFFERED:
        return collected(body)
    who, shares = account(), cast(Shares, current_app.extensions["edge.bodies"])
    end = shares.take(address=counted_address(), account=who, wait=WAIT if who else 0.0)
    try:
        return collected(body)
    finally:
        end()


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
    length = response.content_length
    if service == MEDIA or (length is not None and length <= BLOCK):
        response.response = _blocks(service, answer)
        response.call_on_close(answer.close)
        return response
    return _collected_answer(service, answer, response)


def _collected_answer(service: str, answer: urllib3.BaseHTTPResponse, response: Response) -> Response:
    """The answer once all of it is here: a slow client then holds nothing of the service that has made it."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the response
    response.call_on_close(file.close)
    try:
        for block in _blocks(service, answer):
            file.write(block)
    except ConnectionResetError as error:
        response.close()
        raise UpstreamBrokeOff(retry_after=3) from error
    finally:
        answer.close()
    response.content_length = file.tell()
    file.seek(0)
    response.response = iter(lambda: file.read(BLOCK), b"")
    if response.content_length <= IN_MEMORY:
        response.response = [file.read()]
        file.close()
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
