"""Photos and their receipts."""

from chassis.web import Schema, fields

from supervision.photos.rules.purposes import Purpose
from supervision.schemas.uploads import PhotoPart


class PhotoIn(PhotoPart):
    """A photo, and what it is taken for."""

    purpose = fields.Enum(Purpose, required=True)


class ReceiptOut(Schema):
    """The receipt of a photo, to be shown with what the photo was taken for, and when it ends."""

    receipt = fields.String(max_length=1000, required=True)
    expires_at = fields.Moment(required=True)
