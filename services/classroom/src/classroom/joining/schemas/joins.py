"""Joining, in and out."""

from chassis.web import Schema, fields


class JoinSchema(Schema):
    """Name, document number and class password (K15)."""

    name = fields.String(required=True, min_length=1, max_length=100)
    document_number = fields.Number(required=True, min_length=1, max_length=60)
    class_password = fields.Number(required=True, min_length=1, max_length=20)


class TicketSchema(Schema):
    """A signed paper for other services, sent to them in the header Kaike-Ticket."""

    ticket = fields.String(required=True, max_length=4000)
    expires_at = fields.Moment(required=True)


class ItemTicketSchema(TicketSchema):
    """A ticket for one item, and where its content is: a catalog medium or a paper's version."""

    kind = fields.String(required=True)
    media_id = fields.Uuid(required=True, allow_none=True)
    paper_version_id = fields.Uuid(required=True, allow_none=True)


class JoinedSchema(TicketSchema):
    """The enrolment that the account has now, and its ticket."""

    class_id = fields.Uuid(required=True)
    enrolment_id = fields.Uuid(required=True)
    class_name = fields.String(required=True)
