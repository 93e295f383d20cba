"""Enrolments and imports (K6–K11)."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields, page_of

from classroom.roster.rules.document_numbers import Sex
from classroom.roster.rules.document_types import DocumentType


class PersonSchema(Schema):
    """Five columns. Types and sex in the API's words or the labels; the number as it is written."""

    name = fields.String(required=True, max_length=200)
    contact = fields.String(required=True, max_length=200, lines=True)
    document_type = fields.String(required=True, max_length=60)
    document_number = fields.String(required=True, max_length=60)
    sex = fields.String(required=True, max_length=20)


class ChangePersonSchema(PersonSchema):
    """Without a document number the one that is there stays: lists show it masked (X13)."""

    document_number = fields.String(load_default=None, allow_none=True, max_length=60)


class CorrectIdentitySchema(Schema):
    """The account manager's correction after joining, with its reason (K9)."""

    name = fields.String(required=True, max_length=200)
    document_type = fields.String(required=True, max_length=60)
    document_number = fields.String(load_default=None, allow_none=True, max_length=60)
    sex = fields.String(required=True, max_length=20)
    reason = fields.String(required=True, min_length=1, max_length=150)


class WarningSchema(Schema):
    """Something odd that hinders nothing."""

    field = fields.String(required=True)
    code = fields.String(required=True)
    message = fields.String(required=True)
    row = fields.Integer(allow_none=True)
    column = fields.String(allow_none=True)
    value = fields.String(allow_none=True)


class EnrolmentSchema(Schema):
    """学员管理. The document number is masked (X13)."""

    id = fields.Uuid(required=True, attribute="enrolment.id")
    class_id = fields.Uuid(required=True, attribute="enrolment.class_id")
    version = fields.Integer(required=True, attribute="enrolment.version")
    name = fields.String(required=True, attribute="enrolment.name")
    contact = fields.String(required=True, attribute="enrolment.contact")
    document_type = fields.Enum(DocumentType, required=True, attribute="enrolment.document_type")
    document_type_label = fields.String(required=True)
    document_number = fields.String(required=True)
    sex = fields.Enum(Sex, required=True, attribute="enrolment.sex")
    joined = fields.Boolean(required=True)
    joined_at = fields.Moment(required=True, allow_none=True, attribute="enrolment.joined_at")
    account_name = fields.String(required=True, allow_none=True, attribute="enrolment.account_name")
    warnings = fields.List(fields.Nested(WarningSchema))


class EnrolmentFilterSchema(PageArgs):
    """By joining and text: part of a name or contact, or a whole document number."""

    joined = fields.QueryBoolean()
    text = fields.String(max_length=60)


class ImportArgsSchema(Schema):
    """`dry_run=true` says every error and warning and changes nothing (X9)."""

    dry_run = fields.QueryBoolean(load_default=False)


class RosterFileSchema(Schema):
    """The workbook, in the part `file` of a multipart form."""

    file = fields.File()


class ImportResultSchema(Schema):
    """What was, or on a dry run would be, imported."""

    dry_run = fields.Boolean(required=True)
    sheet = fields.String(required=True, metadata={"description": "The worksheet that was read"})
    total = fields.Integer(required=True)
    added = fields.Integer(required=True)
    existing = fields.Integer(required=True)
    warnings = fields.List(fields.Nested(WarningSchema), required=True)


class NumberSchema(Schema):
    """A document number in full."""

    document_number = fields.String(required=True)


EnrolmentPageSchema = page_of(EnrolmentSchema)
