"""PDF documents are judged by their content."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from files.judging import Oversized, judge_pdf
from files.judging.pdf import NotAPdf, PdfDamaged, PdfEncrypted


def test_a_pdf_is_taken(data: Path) -> None:
    content = (data / "plain.pdf").read_bytes()
    assert judge_pdf(io.BytesIO(content)).content_type == "application/pdf"
    with pytest.raises(Oversized):
        judge_pdf(io.BytesIO(content), max_bytes=1024)


def test_a_pdf_with_a_password_is_refused(data: Path) -> None:
    with pytest.raises(PdfEncrypted):
        judge_pdf(io.BytesIO((data / "encrypted.pdf").read_bytes()))


def test_a_password_named_in_a_cross_reference_stream_is_seen() -> None:
    head = b"%PDF-1.7\n"
    table = b"7 0 obj\n<</Type/XRef/Encrypt 5 0 R/Size 8>>stream\n" + bytes(5000) + b"\nendstream endobj\n"
    content = head + table + b"startxref\n9\n%%EOF\n"
    with pytest.raises(PdfEncrypted):
        judge_pdf(io.BytesIO(content))


@pytest.mark.parametrize("place", [b"9" * 30, b"100000", b"-1", b"x"])
def test_a_cross_reference_that_lies_outside_is_damage(place: bytes, tmp_path: Path) -> None:
    content = b"%PDF-1.7\n" + b"startxref\n" + place + b"\n%%EOF\n"
    kept = tmp_path / "a.pdf"
    kept.write_bytes(content)
    for stream in (io.BytesIO(content), kept.open("rb")):
        with stream, pytest.raises(PdfDamaged):
            judge_pdf(stream)


def test_a_cut_off_pdf_is_damaged(data: Path) -> None:
    with pytest.raises(PdfDamaged):
        judge_pdf(io.BytesIO((data / "plain.pdf").read_bytes()[:-200]))


@pytest.mark.parametrize("content", [b"<html>%PDF-1.7 %%EOF startxref 0", b"PK\x03\x04", b"MZ" + bytes(100)])
def test_anything_else_is_not_a_pdf(content: bytes) -> None:
    with pytest.raises(NotAPdf):
        judge_pdf(io.BytesIO(content))
