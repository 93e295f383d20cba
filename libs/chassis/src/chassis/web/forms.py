"""Multipart bodies that fit into memory, cut where their boundary stands.

Werkzeug's parser reads bodies of any length piece by piece: it searches each for a boundary after any kind of line
break, by a pattern that it compiles for each request. That took as long as all else that a photo's request needs of
the web layer. What is not written as browsers and programs write it goes to that parser as before, so that
both never see two different things in one body.
"""

from __future__ import annotations

import io
import re
from typing import IO, Any, NamedTuple

from flask import Request
from werkzeug.datastructures import FileStorage, Headers
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

_BREAK = b"\r\n"
_PLAIN_HEADERS = re.compile(rb"[!-9;-~]+:[^\r\n]*(?:\r\n[!-9;-~]+:[^\r\n]*)*")
"""One header a line, none continued on the next."""


class _Part(NamedTuple):
    name: str
    filename: str | None
    headers: Headers
    data: bytes


class FormParser(FormDataParser):
    """Takes short multipart bodies itself, and leaves all others to werkzeug."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        """See FormDataParser."""
        short = content_length is not None and 0 < content_length <= (self.max_form_memory_size or 0)
        if mimetype != "multipart/form-data" or not short:
            return super().parse(stream, mimetype, content_length, options)
        body = stream.read()
        parts = _parts(body, boundary=(options or {}).get("boundary", ""))
        if parts is None or len(parts) > (self.max_form_parts or 0):
            return super().parse(io.BytesIO(body), mimetype, content_length, options)
        form = [(part.name, part.data.decode("utf-8", "replace")) for part in parts if part.filename is None]
        files = [
            (part.name, FileStorage(io.BytesIO(part.data), part.filename, part.name, headers=part.headers))
            for part in parts
            if part.filename is not None
        ]
        return stream, self.cls(form), self.cls(files)


class FormRequest(Request):
    """A request whose forms are read by our parser."""

    form_data_parser_class = FormParser


def _parts(body: bytes, *, boundary: str) -> list[_Part] | None:
    """The parts of a body that is written in the usual way; None for any other."""
    if not boundary.isascii() or not boundary:
        return None
    mark = b"--" + boundary.encode()
    found = body.removesuffix(_BREAK).split(_BREAK + mark)
    if found[0].startswith(mark):
        found[0] = found[0][len(mark) :]
    else:
        return None
    # The mark at another place may be a boundary to other readers.
    if len(found) < 2 or found[-1] != b"--" or body.count(mark) != len(found):
        return None
    parts = [_part(each) for each in found[:-1]]
    return None if None in parts else parts  # type: ignore[return-value]


def _part(text: bytes) -> _Part | None:
    """What stands between two boundaries; None unless it looks as usual."""
    head, blank, data = text.partition(_BREAK * 2)
    if not blank or not head.startswith(_BREAK) or not _PLAIN_HEADERS.fullmatch(head, 2):
        return None
    try:
        lines = [line.partition(":") for line in head[2:].decode().split("\r\n")]
    except UnicodeDecodeError:
        return None
    headers = Headers([(name, value.strip(" \t")) for name, _, value in lines])
    kind, said = parse_options_header(headers.get("Content-Disposition"))
    filename = said.get("filename")
    if kind != "form-data" or "name" not in said or (filename is None and "Content-Type" in headers):
        return None
    return _Part(name=said["name"], filename=filename, headers=headers, data=data)
