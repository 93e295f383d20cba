"""Files as answers."""

from __future__ import annotations

from urllib.parse import quote

from files.judging.spreadsheet import XLSX
from flask import Response

__all__ = ["BINARY", "XLSX", "download"]

BINARY = {"type": "string", "format": "binary"}


def download(data: bytes, name: str) -> Response:
    """A workbook to be saved under this (Chinese) name."""
    response = Response(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
