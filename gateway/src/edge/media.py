"""edge-media: streams files to whoever brings a media link signed by catalog (C10). A process of its own, so
that slow phones take no thread from anybody else. It asks no service and has no database."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from chassis import clock
from chassis.errors import Failure, Gone, NotFound
from chassis.papers import BadPaper, ExpiredPaper, Papers
from chassis.web.problems import problem, register_problems
from chassis.web.requests import register_requests
from files import Store, store_from_settings
from files.chunks import Chunks
from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from edge.config import EdgeSettings
from edge.headers import SECURITY
from edge.metrics import register_metrics
from edge.ranges import RangeNotThere, wanted_part
from edge.shares import Shares

PER_ACCOUNT = 8
"""Streams that one account may have running: what a person's browser opens, and some that are ending."""
# What a browser may show in the page; anything else is only ever saved.
SHOWN = ("video/", "audio/", "image/png", "image/jpeg", "image/webp", "application/pdf")


class LinkUnknown(NotFound):
    """Not a link that catalog has signed."""

    code = "media.link.unknown"
    title = "播放地址无效"
    next_step = "请返回课程页面重新打开。"


class LinkExpired(Gone):
    """A genuine link whose time is over."""

    code = "media.link.expired"
    title = "播放地址已过期"
    next_step = "请刷新页面，系统会重新生成播放地址。"


def create_app(
    settings: EdgeSettings | None = None, *, store: Store | None = None, papers: Papers | None = None
) -> Flask:
    """edge-media as a WSGI app; `store` and `papers` are given by tests."""
    settings = settings or EdgeSettings.from_env()
    inner = settings.for_chassis("edge_media")
    app = Flask("edge_media", static_folder=None)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.extensions["edge.store"] = store or store_from_settings(inner)
    app.extensions["edge.papers"] = papers or Papers(inner, trusts=("catalog",))
    most = settings.streams_at_once
    app.extensions["edge.streams"] = Shares(total=most, per_address=most, per_account=PER_ACCOUNT)
    register_requests(app, inner)
    register_problems(app)
    app.register_error_handler(RangeNotThere, _range_not_there)
    app.add_url_rule("/media/<token>", "media", media, methods=["GET", "HEAD"])
    _register_health(app)
    register_metrics(app, settings)
    app.after_request(_guard_browser)
    return app


def media(token: str) -> ResponseReturnValue:
    """The file behind a media link, whole or the asked part of it (206), with HEAD and If-Range.

    Raises LinkUnknown, LinkExpired, RangeNotThere (416), files.FileMissing, TooManyAtOnce or TransfersFull.
    """
    claims = _claims(token)
    store: Store = current_app.extensions["edge.store"]
    size = store.size(claims["key"])
    tag = f'"{claims["media_id"]}"'
    # With If-Range of another version the browser wants all of it, not a part of something else.
    same = request.headers.get("If-Range", tag) == tag
    part = wanted_part(request.headers.get("Range") if same else None, size=size)
    response = Response(status=206 if part else 200, content_type=claims["content_type"])
    response.headers.update(_headers(claims, tag))
    response.headers["Content-Length"] = str(part.length if part else size)
    if part:
        response.headers["Content-Range"] = part.content_range(size)
    if request.method == "GET":
        start, length = (part.start, part.length) if part else (0, None)
        chunks = store.open(claims["key"], start=start, length=length)
        response.response = _until_the_end(chunks, claims)
        response.call_on_close(chunks.close)
        response.call_on_close(_stream_of(str(claims.get("sub", "")), response))
    return response


def _stream_of(account: str, response: Response) -> Callable[[], None]:
    """Count a stream by its account alone: the other end may be the gateway, which counts addresses itself."""
    streams: Shares = current_app.extensions["edge.streams"]
    try:
        return streams.take(address="", account=account)
    except Failure:
        response.close()
        raise


def _until_the_end(chunks: Chunks, claims: dict[str, Any]) -> Iterator[bytes]:
    """The bytes as long as the link lives: a slow reader gets no more of them than a new request would (K27). A short
    answer must not look whole, so the connection breaks off."""
    for chunk in chunks:
        if clock.now().timestamp() >= claims["exp"]:
            raise ConnectionResetError(errno.ECONNRESET, "the media link has ended")
        yield chunk


def _claims(token: str) -> dict[str, Any]:
    papers: Papers = current_app.extensions["edge.papers"]
    try:
        claims = papers.read(token, typ="media", issuer="catalog", now=clock.now())
    except ExpiredPaper as error:
        raise LinkExpired from error
    except BadPaper as error:
        raise LinkUnknown from error
    if not all(isinstance(claims.get(name), str) for name in ("media_id", "key", "content_type")):
        raise LinkUnknown
    return claims


def _headers(claims: dict[str, Any], tag: str) -> dict[str, str]:
    shown = claims["content_type"].startswith(SHOWN)
    left = datetime.fromtimestamp(claims["exp"], UTC) - clock.now()
    return {
        "Accept-Ranges": "bytes",
        "ETag": tag,
        "Content-Disposition": "inline" if shown else "attachment",
        # Kept by this browser alone, and never longer than the link lives.
        "Cache-Control": f"private, max-age={max(0, int(left.total_seconds()))}, no-transform",
    }


def _range_not_there(failure: RangeNotThere) -> Response:
    response = problem(failure)
    response.headers["Content-Range"] = f"bytes */{failure.extra['size']}"
    return response


def _register_health(app: Flask) -> None:
    @app.get("/livez")
    def livez() -> ResponseReturnValue:
        """The process answers."""
        return jsonify(service="edge_media", live=True)

    @app.get("/readyz")
    def readyz() -> ResponseReturnValue:
        """The store was opened at start; keys are had when first needed, and kept on disk."""
        return jsonify(service="edge_media", ready=True)


def _guard_browser(response: Response) -> Response:
    # Where edge-media has an address of its own, pages of another origin show what the link gives: the link is the key.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    return response
