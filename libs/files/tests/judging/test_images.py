"""Images are judged by their content."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from chassis.testing import race
from files.judging import Empty, Oversized, judge_image
from files.judging.image import ImageAnimated, ImageDamaged, NotAnImage, TooManyPixels
from PIL import Image, ImageFile

SCRIPT = b"<?php system($_GET['c']); ?>\n<script>alert(1)</script>" * 20


def picture(kind: str, size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "content_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png")])
def test_jpeg_and_png_are_taken_with_their_size(kind: str, content_type: str) -> None:
    judged = judge_image(io.BytesIO(picture(kind, (75, 56))))
    assert (judged.content_type, judged.width, judged.height) == (content_type, 75, 56)
    assert judged.data == picture(kind, (75, 56))


@pytest.mark.parametrize(
    "content", [SCRIPT, b"GIF89a" + SCRIPT, b"%PDF-1.7\n", picture("BMP"), picture("WEBP")]
)
def test_anything_else_is_not_an_image(content: bytes) -> None:
    with pytest.raises(NotAnImage) as refused:
        judge_image(content)
    assert refused.value.code == "files.image.not_an_image"


def test_a_script_that_begins_like_a_jpeg_is_not_an_image() -> None:
    with pytest.raises((NotAnImage, ImageDamaged)):
        judge_image(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + SCRIPT)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_off_image_is_damaged(kind: str, share: float) -> None:
    content = picture(kind, (640, 480))
    with pytest.raises((ImageDamaged, NotAnImage)):
        judge_image(content[: int(len(content) * share)])


def test_an_animated_png_is_refused() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(ImageAnimated):
        judge_image(out.getvalue())


@pytest.mark.parametrize("side", [7_000, 20_000, 60_000])
def test_a_small_file_that_unpacks_huge_is_refused_unopened(side: int) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(TooManyPixels):
        judge_image(bomb)


def with_scans(number: int) -> bytes:
    """A progressive JPEG whose last scan is repeated: each one costs a walk over all its pixels."""
    plain = picture("JPEG", (640, 480), progressive=True)
    scan = plain[plain.rindex(b"\xff\xda") : -2]
    return plain[:-2] + scan * number + plain[-2:]


def test_a_jpeg_of_a_few_bytes_cannot_keep_the_processor_busy_for_hours() -> None:
    assert judge_image(with_scans(10)).width == 640
    with pytest.raises(ImageDamaged):
        judge_image(with_scans(100))


def test_large_images_are_unpacked_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    load = ImageFile.ImageFile.load

    def counted(image: ImageFile.ImageFile) -> object:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        try:
            return load(image)
        finally:
            inside -= 1

    content = picture("PNG", (2400, 2000))
    monkeypatch.setattr(ImageFile.ImageFile, "load", counted)
    results = race(*[lambda: judge_image(content)] * 4)
    assert [result.width for result in results] == [2400] * 4
    assert most == 1


def test_no_more_is_read_than_the_limit() -> None:
    stream = io.BytesIO(b"\xff\xd8\xff" + bytes(3 * 2**20))
    with pytest.raises(Oversized) as refused:
        judge_image(stream, max_bytes=2**20)
    assert stream.tell() == 2**20 + 1
    assert refused.value.detail == "文件不能超过 1 MB。"


def test_exactly_the_limit_is_taken() -> None:
    content = picture("JPEG")
    assert judge_image(content, max_bytes=len(content)).width == 64


def test_an_empty_file_is_said_to_be_empty() -> None:
    with pytest.raises(Empty):
        judge_image(b"")
