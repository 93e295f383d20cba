"""Photos that come in by multipart/form-data."""

from typing import Any

from chassis.web import Schema, fields
from files.judging import JudgedImage, judge_image
from flask_smorest.fields import Upload

MAX_PHOTO = 5 * 1024 * 1024
MAX_BODY = MAX_PHOTO + 64 * 1024


class PhotoPart(Schema):
    """The photo: JPG, PNG, JPEG or JFIF by its content, at most 5 MB."""

    photo = Upload(required=True, error_messages={"required": "必填"})


class ConsentPart(Schema):
    """The learner's own consent to face photos (X6)."""

    consent = fields.Boolean(required=True)


def judged_photo(parts: dict[str, Any]) -> JudgedImage:
    """The photo, judged by its content and not by its name (S5)."""
    return judge_image(parts["photo"].stream, max_bytes=MAX_PHOTO)
