"""One request on its way to its service and its answer on the way back, both streamed."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import structlog
import urllib3
from chassis.errors import NotFound, Unavailable
from flask import Response, current_app, g, request
from prometheus_client import Counter
from urllib3.exceptions import HTTPError, ReadTimeoutError

from edge.addresses import client_address, client_scheme
from edge.bodies import CountedBody, check_length, most_bytes
from edge.config import EdgeSettings
from edge.headers import end_to_end, onward
from edge.upstreams import Upstreams

BLOCK = 64 * 1024
FAILURES = Counter(
    "kaike_gateway_upstream_failures_total", "Requests that a service did not answer", ["upstream", "kind"]
)
log = structlog.get_logger(__name__)


class UpstreamUnavailable(Unavailable):
    """The service behind this address does not answer."""

    code = "gateway.upstream.unavailable"
    title = "服务暂时不可用"
    next_step = "请稍等几秒后重试；您的数据没有丢失。"


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

    `target` is another path than the request's own. Raises UpstreamUnavailable, UpstreamSlow, BodyTooLarge or
    NoSuchService; all of them before anything of the answer has been sent.
    """
    upstreams: Upstreams = current_app.extensions["edge.upstreams"]
    if not upstreams.knows(service):
        FAILURES.labels(service, "no_address").inc()
        raise UpstreamUnavailable(retry_after=30)
    target = target or target_of_request()
    limit = most_bytes(request.path)
    check_length(request.content_length, limit=limit)
    body = _body(limit)
    headers = _headers(has_body=body is not None)
    try:
        answer = upstreams.ask(service, request.method, target, headers=headers, body=body)
    except ReadTimeoutError as error:
        raise _failed(service, "timed_out", error, UpstreamSlow(retry_after=5)) from error
    except HTTPError as error:
        raise _failed(service, type(error).__name__, error, UpstreamUnavailable(retry_after=3)) from error
    return _answer(service, answer)


def target_of_request() -> str:
    """Path and query exactly as they came. Raises NoSuchService for dot segments, which could leave the service."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or ""
    parts = urlsplit(raw) if raw.startswith("/") and not raw.startswith("//") else None
    path = parts.path if parts else quote(request.path, safe="/:@!$&'()*+,;=~-._")
    query = parts.query if parts else request.query_string.decode("ascii", "ignore")
    if any(segment in {".", ".."} for segment in request.path.split("/")):
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


def _headers(*, has_body: bool) -> list[tuple[str, str]]:
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
    if has_body and request.content_length is not None:
        headers.append(("Content-Length", str(request.content_length)))
    elif not has_body and request.method in {"POST", "PUT", "PATCH"}:
        headers.append(("Content-Length", "0"))
    return headers


def _body(limit: int) -> CountedBody | None:
    """The body as a stream, or None when there is none. A chunked one has no length but may well have bytes."""
    chunked = "chunked" in request.headers.get("Transfer-Encoding", "").lower()
    if not chunked and not request.content_length:
        return None
    return CountedBody(request.stream, limit=limit)


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
    log.warning("upstream_failed", upstream=service, kind=kind, error=str(error)[:300])
    return failure


def upstream_json(upstreams: Upstreams, service: str, target: str, *, seconds: float) -> tuple[int, Any]:
    """A small JSON answer of a service; raises urllib3's errors."""
    answer = upstreams.ask(service, "GET", target, seconds=seconds)
    try:
        return answer.status, answer.json()
    finally:
        answer.close()
