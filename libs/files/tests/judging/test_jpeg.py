"""Judging a JPEG without its pixels says what judging it with them says."""

from __future__ import annotations

import io
import random

import pytest
from chassis.errors import Failure
from files.judging import image, judge_image
from files.judging.jpeg import without_pixels
from PIL import Image, ImageFilter


def photo(*, kind: str = "RGB", size: tuple[int, int] = (96, 64), **options: object) -> bytes:
    out = io.BytesIO()
    noise = Image.effect_noise(size, 60).filter(ImageFilter.GaussianBlur(1)).convert(kind)
    noise.save(out, "JPEG", **options)
    return out.getvalue()


def exif_with_a_picture() -> bytes:
    """What a camera adds: a smaller picture with a beginning and an end of its own."""
    return b"Exif\x00\x00" + photo(size=(16, 16))


USUAL = {
    "colour": photo(),
    "grey": photo(kind="L"),
    "print": photo(kind="CMYK"),
    "optimized": photo(optimize=True, quality=35),
    "restarts": photo(restart_marker_blocks=2),
    "full colour": photo(subsampling=0),
    "camera": photo(exif=exif_with_a_picture(), comment="照片".encode()),
}


def verdict(content: bytes) -> object:
    try:
        judged = judge_image(content)
    except Failure as failure:
        return type(failure)
    return judged.content_type, judged.width, judged.height


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_ones_need_no_walk_over_their_pixels(name: str) -> None:
    short = without_pixels(USUAL[name])
    assert short is not None
    assert len(short) < len(USUAL[name]) * 0.7
    assert verdict(USUAL[name]) == ("image/jpeg", 96, 64)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xd9",
        photo(progressive=True),
        photo()[:-2],
        photo()[:-1],
        photo() + b"\x00",
        photo() + photo(),
        photo().replace(b"\xff\xc0", b"\xff\xc9", 1),
        b"\x89PNG" + photo(),
    ],
)
def test_all_others_are_decoded(content: bytes) -> None:
    assert without_pixels(content) is None


@pytest.mark.parametrize("name", USUAL)
def test_whatever_happens_to_a_picture_the_verdict_is_that_of_decoding_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, found = random.Random(name), []
    for _ in range(400):
        content = bytearray(USUAL[name])
        for _ in range(draw.randrange(1, 4)):
            place = draw.randrange(1 + min(len(content), draw.choice([700, 1_000_000])))
            change = draw.random()
            if change < 0.6:
                content[place : place + 1] = bytes([draw.choice([0, 0xFF, 0xD9, 0xDA, draw.randrange(256)])])
            elif change < 0.8:
                del content[place : place + draw.randrange(1, 40)]
            else:
                del content[place:]
                content += draw.choice([b"", b"\xff\xd9"])
        found.append(bytes(content))
    short = [verdict(content) for content in found]
    monkeypatch.setattr(image, "without_pixels", lambda _data: None)
    whole = [verdict(content) for content in found]
    differing = [
        (place, *pair) for place, pair in enumerate(zip(short, whole, strict=True)) if pair[0] != pair[1]
    ]
    assert differing == []
    assert {type(each) for each in whole} == {type, tuple}  # some are refused, some are not
