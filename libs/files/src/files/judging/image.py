"""Still images: JPEG (also named .jpeg or .jfif) and PNG, whole, and of a size that can be shown."""

from __future__ import annotations

import io
import threading
import warnings
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from chassis.errors import Invalid, TooLarge, WrongMediaType
from PIL import Image, ImageStat, UnidentifiedImageError

from files.judging.bounds import MIB, whole
from files.judging.jpeg import without_pixels

# MPO is what phones write for a JPEG with a second, smaller picture behind it; browsers show the first.
_CONTENT_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
# Each scan of a JPEG is a walk over all its pixels, and takes a few bytes: 150 KB kept a processor busy for 16 s.
# Cameras write one, progressive encoders about ten.
_SCAN = b"\xff\xda"
_MOST_SCANS = 40
# A large image unpacks to 160 MB, whatever the size of the file; several at once would fill the machine.
_LARGE = 4_000_000
_POINTS = 32
_one_large_at_a_time = threading.Lock()


class NotAnImage(WrongMediaType):
    """The content is no JPEG and no PNG, whatever the name says."""

    code = "files.image.not_an_image"
    title = "文件内容不是图片"
    next_step = "请选择 JPG、PNG、JPEG 或 JFIF 格式的图片；只改文件名不会改变格式。"


class ImageDamaged(Invalid):
    """It begins like an image and cannot be shown to its end."""

    code = "files.image.damaged"
    title = "图片已损坏"
    next_step = "请在电脑上打开确认图片完整，另存一份后重新上传。"


class ImageAnimated(Invalid):
    """It moves."""

    code = "files.image.animated"
    title = "不支持动态图片"
    next_step = "请上传静态的 JPG 或 PNG 图片。"


class TooManyPixels(TooLarge):
    """It unpacks to more than a server should unpack."""

    code = "files.image.too_many_pixels"
    title = "图片尺寸过大"
    next_step = "请缩小图片的宽和高后重新上传。"


@dataclass(frozen=True, kw_only=True)
class JudgedImage:
    """What the content says about itself."""

    data: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Shades:
    """How much there is to see, of a picture averaged down to 32 by 32 points of grey: noise is not taken for it."""

    contrast: float
    """The standard deviation of their brightness, which is 0 to 255."""
    tones: int
    """How many different ones there are."""


def shades_of(image: JudgedImage) -> Shades:
    """What is to be seen on an image that was judged before."""
    with _opened(image.data) as opened, _turn(image.width * image.height):
        opened.draft("L", (_POINTS, _POINTS))  # a JPEG is decoded no larger than need be
        points = opened.convert("L").resize((_POINTS, _POINTS), Image.Resampling.BOX)
    tones = sum(1 for count in points.histogram() if count)
    return Shades(contrast=ImageStat.Stat(points).stddev[0], tones=tones)


def judge_image(
    source: bytes | BinaryIO, *, max_bytes: int = 5 * MIB, max_pixels: int = 40_000_000
) -> JudgedImage:
    """The image, if its content is a whole, still JPEG or PNG within the limits.

    Raises Oversized, Empty, NotAnImage, TooManyPixels, ImageAnimated, ImageDamaged.
    """
    data = whole(source, max_bytes=max_bytes)
    looked_at = without_pixels(data) or data
    with _opened(looked_at) as image:
        width, height = image.size
        content_type = _CONTENT_TYPES[str(image.format)]
        if width * height > max_pixels:
            raise TooManyPixels(f"图片为 {width}×{height} 像素，最多 {max_pixels // 10_000} 万像素。")
        if image.format == "PNG" and getattr(image, "is_animated", False):
            raise ImageAnimated
        if content_type == "image/jpeg" and looked_at.count(_SCAN) > _MOST_SCANS:
            raise ImageDamaged
        with _turn(width * height):
            _unpack(image)
    return JudgedImage(data=data, content_type=content_type, width=width, height=height)


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Our own limit of pixels follows; Pillow's warning at another number would only make noise.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
    except UnidentifiedImageError:
        raise NotAnImage from None
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except Exception as error:  # Pillow's decoders raise anything on a forged header
        raise ImageDamaged from error


def _turn(pixels: int) -> AbstractContextManager[object]:
    return _one_large_at_a_time if pixels > _LARGE else nullcontext()


def _unpack(image: Image.Image) -> None:
    """Decode to the end, which is the only way to know that nothing is missing."""
    try:
        # JPEG decodes at an eighth of its size in grey: the whole stream is read, little memory is used.
        image.draft("L", (image.width // 8 or 1, image.height // 8 or 1))
        image.load()
    except Exception as error:  # as above: SyntaxError, ValueError, struct.error, OSError …
        raise ImageDamaged from error
