"""Photos that come in by multipart/form-data."""

from chassis.web import Schema, fields


class PhotoPart(Schema):
    """The photo: JPG, PNG, JPEG or JFIF by its content, at most 5 MB."""

    photo = fields.File(required=True)
