"""PDF documents."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from chassis.errors import Invalid, WrongMediaType

from files.judging.bounds import MIB, measured

_TAIL = 4096


class NotAPdf(WrongMediaType):
    """The content is no PDF, whatever the name says."""

    code = "files.pdf.not_a_pdf"
    title = "文件内容不是 PDF"
    next_step = "请在办公软件中“另存为 PDF”后重新上传；只改文件名不会改变格式。"


class PdfDamaged(Invalid):
    """It begins like a PDF and its end is missing."""

    code = "files.pdf.damaged"
    title = "PDF 不完整"
    next_step = "请在电脑上打开确认能看到最后一页，另存一份后重新上传。"


class PdfEncrypted(Invalid):
    """It opens only with a password."""

    code = "files.pdf.encrypted"
    title = "PDF 设有密码"
    next_step = "请取消密码保护，另存一份后重新上传。"


@dataclass(frozen=True, kw_only=True)
class JudgedDocument:
    """What the content says about itself."""

    content_type: str
    size: int


def judge_pdf(stream: BinaryIO, *, max_bytes: int = 100 * MIB) -> JudgedDocument:
    """The facts of a seekable PDF file. Raises Oversized, Empty, NotAPdf, PdfDamaged, PdfEncrypted."""
    size = measured(stream, max_bytes=max_bytes)
    if not stream.read(1024).lstrip(b"\xef\xbb\xbf\x00\t\r\n ").startswith(b"%PDF-"):
        raise NotAPdf
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise PdfDamaged
    if _encrypted(stream, tail, size=size):
        raise PdfEncrypted
    return JudgedDocument(content_type="application/pdf", size=size)


def _encrypted(stream: BinaryIO, tail: bytes, *, size: int) -> bool:
    """Whether the trailer names an encryption dictionary. The trailer may be a cross-reference stream,
    whose dictionary stands in the clear where `startxref` points."""
    if b"/Encrypt" in tail:
        return True
    place = tail.rpartition(b"startxref")[2].split()[:1]
    if not place or not place[0].isdigit() or int(place[0]) >= size:
        raise PdfDamaged
    stream.seek(int(place[0]), io.SEEK_SET)
    head = stream.read(2048).partition(b"stream")[0]
    stream.seek(0)
    return b"/Encrypt" in head
