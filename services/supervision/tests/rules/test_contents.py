"""S5: a photo shows something. Pictures of nothing are refused, whatever their size, colour, form and noise."""

import io
import random
from pathlib import Path

import pytest
from files.judging import judge_image, shades_of
from PIL import Image, ImageDraw
from supervision.rules.contents import PhotoWithoutContent, require_content
from supervision.testing import photo_bytes, plain_photo

FAKE_CAMERA = Path(__file__).parent / "data" / "chromium_fake_camera.jpg"


def written(image: Image.Image, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def covered_lens(level: int, noise: float) -> bytes:
    """What a sensor sees in the dark: its own noise."""
    draw, image = random.Random(7), Image.new("L", (320, 240))
    image.putdata([max(0, min(255, round(draw.gauss(level, noise)))) for _ in range(320 * 240)])
    return written(image)


def two_surfaces() -> bytes:
    image = Image.new("L", (200, 200))
    image.paste(255, (0, 0, 100, 200))
    return written(image)


def dim_face() -> bytes:
    """A face in bad light: dark, and still a face."""
    image = Image.radial_gradient("L").resize((480, 640)).point(lambda tone: 40 - tone // 7)
    draw = ImageDraw.Draw(image)
    for left in (180, 260):
        draw.ellipse((left, 240, left + 40, 270), fill=6)
    return written(image)


def judged(data: bytes) -> None:
    shades = shades_of(judge_image(data))
    require_content(contrast=shades.contrast, tones=shades.tones)


@pytest.mark.parametrize(
    "data",
    [
        *(plain_photo(colour=colour) for colour in ("black", "white", "red", "#7a6f60")),
        plain_photo(width=1280, height=960),
        plain_photo(kind="PNG"),
        covered_lens(4, 3.0),
        covered_lens(20, 8.0),
        two_surfaces(),
    ],
)
def test_a_picture_of_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoWithoutContent) as refused:
        judged(data)
    assert refused.value.fields[0].field == "/photo"


@pytest.mark.parametrize(
    "data",
    [
        photo_bytes(),
        photo_bytes(kind="PNG"),
        photo_bytes(width=120, height=120),
        dim_face(),
        FAKE_CAMERA.read_bytes(),  # Chromium's pattern: what browsers show in stories
    ],
)
def test_a_picture_of_something_is_taken(data: bytes) -> None:
    judged(data)
