"""How many bytes there are, before anything else looks at them."""

from __future__ import annotations

import io
from typing import BinaryIO

from chassis.errors import Invalid, TooLarge

MIB = 2**20


class Oversized(TooLarge):
    """More bytes than this kind of file may have."""

    code = "files.too_large"
    title = "文件过大"
    next_step = "请压缩文件，或换一个较小的文件后重新上传。"


class Empty(Invalid):
    """No bytes at all."""

    code = "files.empty"
    title = "文件是空的"
    next_step = "请确认所选文件有内容后重新上传。"


def whole(source: bytes | BinaryIO, *, max_bytes: int) -> bytes:
    """All bytes of a small file, read no further than one byte past `max_bytes`. Raises Oversized, Empty."""
    data = source if isinstance(source, bytes) else source.read(max_bytes + 1)
    _checked(len(data), max_bytes)
    return data


def measured(stream: BinaryIO, *, max_bytes: int) -> int:
    """The size of a seekable file of any length, left at its beginning. Raises Oversized, Empty."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    _checked(size, max_bytes)
    return size


def _checked(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        limit = f"{max_bytes // MIB} MB" if max_bytes >= MIB else f"{max_bytes // 1024} KB"
        raise Oversized(f"文件不能超过 {limit}。", max_bytes=max_bytes)
    if size == 0:
        raise Empty
