"""Hostile HTTP from a seed: heads, lengths, chunks and paths that no browser sends, and clients that stop halfway."""

from __future__ import annotations

import contextlib
import random
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass

STATUS = re.compile(rb"(?:\A|\r\n\r\n|[}>\n])HTTP/1\.1 (\d{3}) ")
METHODS = (b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS")
ODD_METHODS = (b"TRACE", b"CONNECT", b"get", b"FOO", b"G\x00T", b"", b"M" * 300)
TARGETS = (
    b"/api/v1/identity/session",
    b"/api/v1/identity/tokens",
    b"/api/v1/identity/sms-codes",
    b"/api/v1/identity/client-errors",
    b"/api/v1/identity/accounts",
    b"/api/v1/classroom/joins",
    b"/api/v1/classroom/classes",
    b"/api/v1/catalog/courses",
    b"/api/v1/catalog/uploads/0190",
    b"/api/v1/exam/questions/bulk",
    b"/api/v1/supervision/photos",
    b"/api/v1/billing/orders",
    b"/media/a.b.c",
    b"/",
    b"/livez",
    b"/docs",
    b"/openapi/identity.yaml",
)
ODD_TARGETS = (
    b"//",
    b"//evil.example/api/v1/identity/session",
    b"http://evil.example/api/v1/identity/session",
    b"http://[::1/api",
    b"*",
    b"",
    b"api",
    b"/api/v1//identity/session",
    b"/api/v1/identity//session",
    b"/api/v1/identity/session/",
    b"/api/v1/identity/session;a=b",
    b"/api/v1/identity/%73ession",
    b"/api/v1/identity%2Fsession",
    b"/api/v1/identity/%2e%2e/%2E%2e/metrics",
    b"/api/v1/identity/..%5c..%5cmetrics",
    b"/api/v1/identity/\\session",
    b"/api/v1/identity/./session",
    b"/api/v1/identity/%00",
    b"/api/v1/identity/%ff%fe",
    b"/api/v1/identity/%ED%A0%80",
    b"/api/v1/identity/accounts/%zz",
    b"/api/v1/nobody/x",
    b"/api/v1/identity/" + b"x" * 3500,
    b"/" + b"x" * 9000,
    b"/api/v1/identity/accounts?page=1&page=2",
    b"/api/v1/identity/accounts?page=%D9%A3&text=%ff%00",
    b"/api/v1/identity/accounts?" + b"a=b&" * 900,
    b"/media/%2e%2e%2fmetrics",
    b"/media/" + b"A" * 3000,
    b"/assets/..%2f..%2fetc%2fpasswd",
    b"/static/%2e%2e/app.py",
    b"/docs/assets/..%2f..%2fx",
    b"/openapi/..%2ferrors.yaml",
    b"/\xe5\xbc\xa0",
)
HEADERS = (
    b"Accept: text/html",
    b"Accept: */*;q=nonsense, ;;;",
    b"Accept-Encoding: br;q=x, gzip;q=-1, \x80",
    b"Authorization: Bearer a.b.c",
    b"Authorization: Bearer " + b"x" * 7000,
    b"Authorization: Basic \xff",
    b"Connection: close, X-Forwarded-For",
    b"Connection: upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA",
    b"Content-Encoding: gzip",
    b"Content-Type: application/json; charset=nonsense",
    b"Content-Type: multipart/form-data",
    b"Content-Type: multipart/form-data; boundary=\xff",
    b"Content-Type: application/x-www-form-urlencoded",
    b"Content-Type: application/json\r\nContent-Type: text/plain",
    b"Cookie: kaike=\xff\xfe; =; ;;;",
    b"Cookie: " + b"a=b; " * 1000,
    b"Expect: 100-continue",
    b"Expect: wonders",
    b"Host: a\r\nHost: b",
    b"Host: \xe5\xbc\xa0:99999999",
    b"Idempotency-Key: \xff",
    b'If-Match: *, "',
    b"If-Modified-Since: never",
    b'If-None-Match: W/"' + b"x" * 500,
    b"Origin: null",
    b"Range: bytes=9-1, -, 0-" + b"9" * 400,
    b"Transfer-Encoding : chunked",
    b"X-Forwarded-For: , ,,::ffff:1,\xff",
    b'X-Forwarded-Proto: "><script>',
    b"X-Request-Id: a\tb",
    b"X_Forwarded_For: 1.2.3.4",
    b"no colon here",
    b": no name",
    b"Spaced Name: x",
    b" folded: x",
    b"Nul: a\x00b",
    b"Bare: a\nb: c",
    b"Return: a\rb",
    b"Big: " + b"x" * 9000,
)
LENGTHS = (b"-1", b"+5", b"0x5", b"5_0", b"5,5", b"5 5", b"", b"\xd9\xa3", b"9" * 30, b"5.0", b"1e2")
CHUNK_LINES = (
    *(
        b"-2",
        b"0x2",
        b"+2",
        b"0_2",
        b" 2",
        b"2 ",
        b"",
        b"g",
        b"2;",
        b"2;a=b",
        b'2;a="\r"',
        b"2;\xff",
        b"F" * 17,
    ),
    *(b"2" * 9000, b"2;" + b"x" * 9000, b"\xd9\xa3", b"2\n"),
)
BODIES = (
    b"{}",
    b"[]",
    b"null",
    b"{",
    b'{"login": 7}',
    b'{"a": "\\ud800"}',
    b"\xff\xfe",
    b"[" * 5000,
    b"x" * 20000,
)
TRAILERS = (
    b"X: y\r\n",
    b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"no colon\r\n",
    b" folded: x\r\n",
    b"X: y\n",
    b"X: " + b"y" * 9000 + b"\r\n",
    b"X: y\r\n" * 300,
)


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """A request, as the pieces in which it is sent. One that `stalls` is never ended: its client just stays."""

    pieces: tuple[bytes, ...]
    stalls: bool


def hostile_requests(seed: int, count: int) -> Iterator[Hostile]:
    """So many requests; the same ones for the same seed."""
    chance = random.Random(seed)
    for _ in range(count):
        data = _request(chance)
        stalls = chance.random() < 0.1
        if stalls or chance.random() < 0.1:
            data = data[: chance.randrange(1, len(data) + 1)]
        if chance.random() < 0.1:
            data = _flipped(chance, data)
        cut = chance.randrange(len(data)) if chance.random() < 0.3 else 0
        yield Hostile(pieces=tuple(piece for piece in (data[:cut], data[cut:]) if piece), stalls=stalls)


def _request(chance: random.Random) -> bytes:
    method = chance.choice(ODD_METHODS if chance.random() < 0.1 else METHODS)
    target = chance.choice(ODD_TARGETS if chance.random() < 0.4 else TARGETS)
    version = chance.choice((b"HTTP/1.1",) * 12 + (b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/1.1 x", b""))
    lines = [method + b" " + target + b" " + version, b"Host: kaike.example"]
    lines += chance.sample(HEADERS, chance.choice((0, 0, 0, 1, 1, 2)))
    framing, body = _body(chance)
    lines += framing
    if chance.random() < 0.03:
        lines += [b"X: y"] * 150
    end = b"\n" if chance.random() < 0.03 else b"\r\n"
    return end.join([*lines, b"", b""]) + body


def _body(chance: random.Random) -> tuple[list[bytes], bytes]:
    body = chance.choice(BODIES)
    kind = chance.random()
    if kind < 0.25:
        return [], b""
    if kind < 0.45:
        return [b"Content-Type: application/json", b"Content-Length: %d" % len(body)], body
    if kind < 0.6:
        return [b"Content-Length: " + chance.choice(LENGTHS)], body
    if kind < 0.65:
        lengths = (len(body), chance.choice((len(body), 0, 3)))
        return [b"Content-Length: %d" % length for length in lengths], body
    if kind < 0.7:
        return [b"Content-Length: %d" % chance.choice((len(body) + 9, 70_000, 10**7, 10**12))], body
    framing = [
        b"Transfer-Encoding: " + chance.choice((b"chunked",) * 9 + (b"gzip", b"x", b"chunked, chunked", b""))
    ]
    if chance.random() < 0.1:
        framing.append(b"Content-Length: 2")
    return framing, _chunks(chance)


def _chunks(chance: random.Random) -> bytes:
    parts = [b"2\r\n{}\r\n"] * chance.randrange(2)
    if chance.random() < 0.6:
        parts.append(chance.choice(CHUNK_LINES) + b"\r\n{}\r\n")
    if chance.random() < 0.2:
        parts.append(b"2\r\n{}XX")
    parts.append(b"0\r\n")
    if chance.random() < 0.4:
        parts.append(chance.choice(TRAILERS))
    parts.append(b"\r\n")
    return b"".join(parts)


def _flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def statuses_of(hostile: Hostile, port: int, *, seconds: float = 30.0) -> list[int]:
    """Send it, end one's own side and return the statuses of all that is answered."""
    answer = []
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as client:
        with contextlib.suppress(ConnectionError):
            for piece in hostile.pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionError):
            while block := client.recv(65536):
                answer.append(block)
    return [int(status) for status in STATUS.findall(b"".join(answer))]
