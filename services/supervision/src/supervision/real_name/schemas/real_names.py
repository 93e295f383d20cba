"""Real-name and consent."""

from chassis.web import Schema, fields

from supervision.schemas.uploads import PhotoPart


class ConsentIn(Schema):
    """The learner's own consent to face photos (X6)."""

    consent = fields.Boolean(required=True)


class RealNameIn(PhotoPart):
    """The face photo to be known by, and the consent to it (S1, X6)."""

    consent = fields.QueryBoolean(required=True)


class ConsentOut(Schema):
    """A consent and the version of the text that was agreed to."""

    wording = fields.String(required=True)
    given_at = fields.Moment(required=True)


class RealNameOut(Schema):
    """The state of account and document, once for all its classes (S1)."""

    verified = fields.Boolean(required=True)
    verified_at = fields.Moment(required=True, allow_none=True)
    verifier = fields.String(required=True, allow_none=True)
    consent = fields.Nested(ConsentOut, required=True, allow_none=True)
