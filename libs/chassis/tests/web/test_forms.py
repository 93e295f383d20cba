"""Short multipart bodies are read as werkzeug reads them, only sooner."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from chassis.web import forms
from chassis.web.forms import FormParser
from werkzeug.formparser import FormDataParser

PHOTO = b"\xff\xd8\r\n--\r\r\n\n\xff\xda\n\n--bread\x00\xff\xd9"


def body(*parts: bytes, boundary: bytes = b"loaf") -> bytes:
    return (
        b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"
    )


def field(name: str, value: str) -> bytes:
    return f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()


def photo(data: bytes = PHOTO, *, name: str = "photo", filename: str = "我的照片.jpg") -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: image/jpeg'
    return head.encode() + b"\r\n\r\n" + data


def read(kind: type[FormDataParser], content: bytes, *, boundary: str = "loaf", most: int = 10_000) -> Any:
    parser = kind(lambda **_about: io.BytesIO(), max_form_memory_size=most, max_form_parts=20)
    stream = io.BytesIO(content)
    _, form, files = parser.parse(stream, "multipart/form-data", len(content), {"boundary": boundary})
    told = [
        (name, file.name, file.filename, list(file.headers), file.read())
        for name, file in files.items(multi=True)
    ]
    return list(form.items(multi=True)), told


USUAL = body(field("consent", "true"), photo(), field("consent", "二"), photo(b"", name="other", filename=""))


def test_fields_and_files_are_found_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FormDataParser, "parse", None)  # nobody else is asked
    form, files = read(FormParser, USUAL)
    assert form == [("consent", "true"), ("consent", "二")]
    assert [(name, filename, data) for name, _, filename, _, data in files] == [
        ("photo", "我的照片.jpg", PHOTO),
        ("other", "", b""),
    ]


@pytest.mark.parametrize(
    "content",
    [
        USUAL,
        USUAL.removesuffix(b"\r\n"),
        USUAL.replace(b"\r\n", b"\n"),
        USUAL + b"epilogue",
        b"preamble\r\n" + USUAL,
        b"",
        b"--loaf--",
        b"--loaf--\r\n",
        body(),
        body(field("a", "1") + b"\n--loaf\r\n" + field("b", "2")),
        body(field("a", "--loaf")),
        body(photo(b"\r\n--loafer\r\n")),
        body(photo(b"\r\n--loaf")),
        body(b"Content-Disposition: form-data;\r\n name=a\r\n\r\n1"),
        body(
            b"Content-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\xe4"
        ),
        body(b"Content-Disposition: attachment; name=a\r\n\r\n1"),
        body(b"Content-Disposition: form-data\r\n\r\n1"),
        body(b"X-Other: 1\r\n\r\n1"),
        body(b"\r\n\r\n1"),
        body(b"Content-Disposition: form-data; name=\xff\r\n\r\n1"),
        body(b"Content-Disposition: form-data; name*=UTF-8''%E4%BA%8C\r\n\r\n1"),
        body(b"content-disposition:form-data;name=a\r\nx:\x00\r\n\r\n1\r\n\r\n2"),
        body(photo(), boundary=b"loa"),
        USUAL[: len(USUAL) // 2],
    ],
)
def test_a_body_that_is_written_otherwise_is_read_as_before(content: bytes) -> None:
    assert read(FormParser, content) == read(FormDataParser, content)


def test_whatever_is_done_to_a_body_both_see_the_same() -> None:
    draw = random.Random(11)
    pieces = [
        b"\r\n",
        b"\n",
        b"\r",
        b"--loaf",
        b"--",
        b"\r\n--loaf\r\n",
        b": ",
        b"\r\n\r\n",
        b" ",
        b"\t",
        b'"',
        b";",
    ]
    quick = 0
    for _ in range(3000):
        content = bytearray(USUAL)
        for _ in range(draw.randrange(4)):
            place = draw.randrange(len(content))
            if draw.random() < 0.5:
                del content[place : place + draw.randrange(12)]
            else:
                content[place:place] = draw.choice(pieces)
        quick += forms._parts(bytes(content), boundary="loaf") is not None
        assert read(FormParser, bytes(content)) == read(FormDataParser, bytes(content)), bytes(content)
    assert 300 < quick < 2700  # both ways were taken


def test_long_bodies_many_parts_and_other_kinds_are_left_to_werkzeug(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int | None] = []

    def parse(_self: Any, stream: Any, _kind: str, length: int | None, _options: Any = None) -> Any:
        seen.append(length)
        return stream, {}, {}

    monkeypatch.setattr(FormDataParser, "parse", parse)
    parser, many = FormParser(max_form_memory_size=len(USUAL), max_form_parts=1), body(field("a", "1"))
    for content, kind in ((USUAL + b" ", "multipart/form-data"), (USUAL, "multipart/form-data")):
        parser.parse(io.BytesIO(content), kind, len(content), {"boundary": "loaf"})
    parser.parse(io.BytesIO(b"a=1"), "application/x-www-form-urlencoded", 3, {})
    parser.parse(io.BytesIO(many), "multipart/form-data", None, {"boundary": "loaf"})
    parser.parse(io.BytesIO(many), "multipart/form-data", len(many), {})
    assert seen == [len(USUAL) + 1, len(USUAL), 3, None, len(many)]
