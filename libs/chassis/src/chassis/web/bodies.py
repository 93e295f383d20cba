"""A body that cannot be read is the client's fault, whatever the server's parser raises about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, TypeVar

from werkzeug.exceptions import HTTPException

from chassis.errors import Failure
from chassis.web.problems import Unreadable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Read = TypeVar("Read")


class BodyUnreadable(Unreadable):
    """The body is malformed (a chunk's size, a trailer), broke off, or did not come in time."""


class ReadableBody:
    """WSGI middleware: whatever goes wrong while `wsgi.input` is read is BodyUnreadable (400).

    Servers parse chunked bodies while the application reads them, and raise errors of their own for malformed ones,
    which would look like faults of ours.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        environ["wsgi.input"] = _Input(environ["wsgi.input"])
        return self._app(environ, start_response)


class _Input:
    """The stream of a request's body, as PEP 3333 has it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        return _reading(lambda: self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return _reading(lambda: self._stream.readline(size))

    def readlines(self, hint: int = -1) -> list[bytes]:
        return _reading(lambda: self._stream.readlines(hint))

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def close(self) -> None:
        self._stream.close()


def _reading(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (Failure, HTTPException):
        raise
    except Exception as error:
        raise BodyUnreadable from error
