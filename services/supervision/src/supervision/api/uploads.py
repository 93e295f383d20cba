"""How much of a photo is taken in, and the judge of its content."""

from typing import Any

from files.judging import JudgedImage, judge_image, shades_of

from supervision.rules.contents import require_content

MAX_PHOTO = 5 * 1024 * 1024
MAX_BODY = MAX_PHOTO + 64 * 1024


def judged_photo(parts: dict[str, Any]) -> JudgedImage:
    """The photo, judged by its content and not by its name (S5). Raises what `judge_image` raises, and
    PhotoWithoutContent."""
    image = judge_image(parts["photo"].stream, max_bytes=MAX_PHOTO)
    shades = shades_of(image)
    require_content(contrast=shades.contrast, tones=shades.tones)
    return image
