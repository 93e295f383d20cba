"""One form of a request's path, before anything compares it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from chassis.errors import NotFound
from flask import request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SLASHES = re.compile(r"/{2,}")
_PLAIN_PATH = re.compile(r"/(?!/)[!-~]*")


class NoSuchService(NotFound):
    """Nothing is behind this address."""

    code = "gateway.address.unknown"
    title = "地址不存在"
    next_step = "请检查网址是否正确；接口说明见 /docs。"


class NormalPath:
    """WSGI middleware: slashes that follow each other are one, so that routes, limits and turns see the same path, and
    no redirect is needed, which would name the host that the client wrote. Percent-encoding the server has undone."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        environ["PATH_INFO"] = _SLASHES.sub("/", environ.get("PATH_INFO") or "/")
        return self._app(environ, start_response)


def target_of_request() -> str:
    """Path and query as they came, where the path is the one that was routed; else its normal form.

    Raises NoSuchService for dot segments, which could leave the service.
    """
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
