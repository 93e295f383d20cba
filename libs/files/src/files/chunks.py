"""Bytes on their way in and out, never held whole in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import BinaryIO, Protocol

CHUNK = 256 * 1024

Source = bytes | BinaryIO | Iterable[bytes]


class Readable(Protocol):
    """What a store hands out: an open file, or the body of an S3 answer."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""

    def close(self) -> None:
        """Give the handle back."""


class Chunks:
    """The bytes of one stored object or of a part of it: iterate, or `read()` them at once; close when done.

    Iterating to the end closes it, and so does leaving a `with` block; a WSGI server calls `close()` itself.
    """

    def __init__(self, stream: Readable, length: int | None = None) -> None:
        """`length` is how many bytes to give out at most; None gives all that the stream has."""
        self._stream = stream
        self._left = length

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        size = CHUNK if self._left is None else min(CHUNK, self._left)
        chunk = self._stream.read(size) if size else b""
        if not chunk:
            self.close()
            raise StopIteration
        if self._left is not None:
            self._left -= len(chunk)
        return chunk

    def read(self) -> bytes:
        """All bytes that are left, at once. For what is known to be small."""
        return b"".join(self)

    def close(self) -> None:
        """Give the handle back; closing twice does no harm."""
        self._left = 0
        self._stream.close()

    def __enter__(self) -> Chunks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def chunks_of(source: Source) -> Iterator[bytes]:
    """The bytes of any source, piece by piece."""
    if isinstance(source, bytes):
        yield source
        return
    read = getattr(source, "read", None)
    if read is None:
        yield from source
        return
    while chunk := read(CHUNK):
        yield chunk


class Reader:
    """A file-like view of an iterator of bytes, for libraries that only know how to `read(size)`."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """`chunks` is consumed as it is read."""
        self._chunks = chunks
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """`size` bytes, fewer at the end; everything when `size` is negative."""
        if size < 0:
            everything = self._rest + b"".join(self._chunks)
            self._rest = b""
            return everything
        parts = [self._rest]
        have = len(self._rest)
        while have < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            parts.append(chunk)
            have += len(chunk)
        data = b"".join(parts)
        self._rest = data[size:]
        return data[:size]

    def close(self) -> None:
        """Nothing is held open."""
