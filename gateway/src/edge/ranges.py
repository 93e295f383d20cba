"""`Range: bytes=…` (RFC 9110 §14): one range is served, several or nonsense mean the whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chassis.errors import Failure

_ONE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*")


class RangeNotThere(Failure):
    """The range begins behind the end of the file."""

    status = 416
    code = "media.range.not_there"
    title = "请求的范围超出文件大小"
    next_step = "请刷新页面后重新播放。"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a file: `length` bytes from `start` (the first byte is 0)."""

    start: int
    length: int

    def content_range(self, size: int) -> str:
        """The header that says which part of how much this is."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


def wanted_part(header: str | None, *, size: int) -> Part | None:
    """The part that a Range header asks of a file of `size` bytes; None means all of it.

    Raises RangeNotThere when no byte of the file is in the range.
    """
    matched = _ONE.fullmatch(header or "")
    if matched is None or matched.group(0) == "" or not (matched[1] or matched[2]):
        return None
    if not matched[1]:
        length = min(int(matched[2]), size)
        if length == 0:
            raise RangeNotThere(size=size)
        return Part(start=size - length, length=length)
    start = int(matched[1])
    last = min(int(matched[2]), size - 1) if matched[2] else size - 1
    if matched[2] and int(matched[2]) < start:
        return None
    if start >= size:
        raise RangeNotThere(size=size)
    return Part(start=start, length=last - start + 1)
