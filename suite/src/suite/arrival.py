"""Whether a request that comes in pieces is there, judged by its bytes so far.

A judgement only of when a thread is worth taking: what the request says is read by gunicorn's parser, which refuses
what is malformed. Hence whatever that parser will refuse at once counts as there.
"""

from __future__ import annotations

import re
from enum import Enum

MOST_HEAD = 32 * 1024
"""Bytes; a head that has not ended by then is refused."""
MOST_BODY = 16 * 1024
"""Bytes; bodies up to this are waited for. Larger ones are read by the application, which bounds how many at once."""
_LONGEST_CHUNK_LINE = 8 * 1024
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:([^\r\n]*)", re.IGNORECASE)
_CODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:([^\r\n]*)", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)


class Arrival(Enum):
    """How far a request has come."""

    HEAD = "head"
    """Its head has not ended."""
    BODY = "body"
    """Its head is there, its small body is not."""
    WHOLE = "whole"
    """All of it is there, or enough for the parser to refuse it."""
    LARGE = "large"
    """Its head is there, and its body is too large to be waited for."""
    HEAD_TOO_LARGE = "head_too_large"
    MALFORMED = "malformed"
    """A line of the head ends with a bare LF: the head would never end as the parser reads it."""


def arrival_of(data: bytes) -> Arrival:
    """How far the request has come of which `data` are the first bytes."""
    end = data.find(_END)
    if end < 0:
        if len(data) > MOST_HEAD:
            return Arrival.HEAD_TOO_LARGE
        return Arrival.MALFORMED if data.count(b"\n") != data.count(b"\r\n") else Arrival.HEAD
    head, body = data[: end + 2], data[end + len(_END) :]
    lengths = [length.strip() for length in _LENGTH.findall(head)]
    if codings := _CODING.findall(head):
        read = codings[-1].strip().lower() == b"chunked" and not lengths
        return _chunked(body) if read else Arrival.WHOLE
    if len(lengths) != 1 or not lengths[0].isdigit() or len(lengths[0]) > 18:
        return Arrival.WHOLE
    length = int(lengths[0])
    if length > MOST_BODY:
        return Arrival.LARGE
    return Arrival.WHOLE if len(body) >= length else Arrival.BODY


def _chunked(body: bytes) -> Arrival:
    at = 0
    while True:
        eol = body.find(b"\r\n", at)
        if eol < 0:
            return Arrival.WHOLE if len(body) - at > _LONGEST_CHUNK_LINE else Arrival.BODY
        size = _chunk_size(body[at:eol])
        if size is None:
            return Arrival.WHOLE
        if size == 0:
            return _trailers(body, eol)
        following = eol + 2 + size
        if following + 2 > MOST_BODY:
            return Arrival.LARGE
        if not b"\r\n".startswith(body[following : following + 2]):
            return Arrival.WHOLE
        if following + 2 > len(body):
            return Arrival.BODY
        at = following + 2


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip(b" \t")
    return int(digits, 16) if re.fullmatch(rb"[0-9a-fA-F]{1,16}", digits) else None


def _trailers(body: bytes, eol: int) -> Arrival:
    trailers = body[eol:]
    if _END in trailers or len(trailers) > MOST_BODY or trailers.count(b"\n") != trailers.count(b"\r\n"):
        return Arrival.WHOLE
    return Arrival.BODY


def without_expectation(data: bytes) -> bytes | None:
    """The same request without `Expect: 100-continue`; None when it has none."""
    head, end, rest = data.partition(_END)
    shorter = _EXPECT.sub(b"", head + b"\r\n")
    return None if len(shorter) == len(head) + 2 else shorter[:-2] + end + rest
