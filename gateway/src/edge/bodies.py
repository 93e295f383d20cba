"""How large a request's body may be, and a reader that holds it to that while it streams."""

from __future__ import annotations

import re
import time
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from chassis.errors import TooLarge
from chassis.web.problems import Unreadable
from werkzeug.exceptions import ClientDisconnected

MIB = 1024 * 1024
USUAL = MIB
BLOCK = 64 * 1024
IN_MEMORY = 256 * 1024
BUFFERED = 16 * 1024
"""Bytes of a body that the server receives before it gives a thread to the request."""
FIRST_SECONDS = 30.0
SLOWEST = 16 * 1024
"""Bytes per second that a body must come with after its first seconds."""

# The operations that their services mark with `accepts_upload`, a little above their own limits: the service says
# in detail what is too large, the gateway only keeps a flood away from it.
UPLOADS: tuple[tuple[re.Pattern[str], int], ...] = tuple(
    (re.compile(pattern), limit)
    for pattern, limit in (
        (r"/api/v1/catalog/uploads/[^/]+", 9 * MIB),
        (r"/api/v1/catalog/covers", 6 * MIB),
        (r"/api/v1/classroom/classes/[^/]+/roster-imports", 6 * MIB),
        (r"/api/v1/exam/questions/bulk", 4 * MIB),
        (r"/api/v1/supervision/real-name", 6 * MIB),
        (r"/api/v1/supervision/photos", 6 * MIB),
        (r"/api/v1/billing/vouchers", 6 * MIB),
    )
)


# What anybody may send without an account, and nobody needs to fill.
SHORT = 64 * 1024
OPEN_TO_ALL = frozenset(
    {
        "/api/v1/identity/session",
        "/api/v1/identity/session/refresh",
        "/api/v1/identity/tokens",
        "/api/v1/identity/sms-codes",
        "/api/v1/identity/client-errors",
    }
)


class BodyTooLarge(TooLarge):
    """More bytes than this address takes."""

    code = "gateway.body.too_large"
    title = "提交的内容过大"
    next_step = "请减小文件或内容的大小后重新提交。"


class BodyBrokeOff(Unreadable):
    """Not all of the announced body came, or it came too slowly."""


def most_bytes(path: str) -> int:
    """The limit for a request to this path."""
    if path in OPEN_TO_ALL:
        return SHORT
    for pattern, limit in UPLOADS:
        if pattern.fullmatch(path):
            return limit
    return USUAL


def check_length(length: int | None, *, limit: int) -> None:
    """Refuse by the announced length, before a byte is read. Raises BodyTooLarge."""
    if length is not None and length > limit:
        raise BodyTooLarge(f"最多允许 {_readable(limit)}", limit=limit)


class CountedBody:
    """The request's body as a stream that never gives more than `limit` bytes: past them it raises BodyTooLarge.

    A body without a length (chunked) is only found to be too long while it flows. One that comes so slowly that it
    would keep its thread for ever raises BodyBrokeOff.
    """

    def __init__(self, stream: IO[bytes], *, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._seen = 0
        self._until = time.monotonic() + FIRST_SECONDS

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes."""
        if time.monotonic() > self._until + self._seen / SLOWEST:
            raise BodyBrokeOff
        try:
            block = self._stream.read(size)
        except (TimeoutError, ClientDisconnected) as error:
            raise BodyBrokeOff from error
        self._seen += len(block)
        if self._seen > self._limit:
            raise BodyTooLarge(f"最多允许 {_readable(self._limit)}", limit=self._limit)
        return block


def collected(body: CountedBody) -> tuple[IO[bytes], int]:
    """All of the body, and its length; the caller closes it. What is larger than a few pages lies on the disk."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by the caller
    try:
        while block := body.read(BLOCK):
            file.write(block)
    except BaseException:
        file.close()
        raise
    length = file.tell()
    file.seek(0)
    return cast(IO[bytes], file), length


def _readable(limit: int) -> str:
    return f"{limit // MIB} MB" if limit % MIB == 0 else f"{limit // 1024} KB"
