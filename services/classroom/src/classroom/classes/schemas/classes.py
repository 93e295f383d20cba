"""What is told of classes."""

from __future__ import annotations

from chassis.web import PageArgs, Schema, fields, page_of

from classroom.classes.rules.class_types import ClassType
from classroom.classes.rules.courses import Replay
from classroom.classes.rules.states import Audited, ClassState
from classroom.classes.schemas.wizard import ExamSchema, RegionSchema


class ClassFilterSchema(PageArgs):
    """Search by state, type, text, and days on which the class runs."""

    state = fields.Enum(ClassState)
    type = fields.Enum(ClassType)
    text = fields.String(max_length=100)
    from_day = fields.Day()
    to_day = fields.Day()


class MemberSchema(Schema):
    """A class teacher or assistant."""

    account_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    active = fields.Boolean(
        required=True, metadata={"description": "false: switched off, or without a role for this by now"}
    )


class ClassRowSchema(Schema):
    """A line of 班级管理."""

    id = fields.Uuid(required=True, attribute="training_class.id")
    version = fields.Integer(required=True, attribute="training_class.version")
    name = fields.String(required=True, attribute="training_class.name")
    type = fields.Enum(ClassType, required=True, attribute="training_class.type")
    type_label = fields.String(required=True)
    class_password = fields.String(required=True, allow_none=True)
    start_day = fields.Day(required=True, attribute="training_class.start_day")
    end_day = fields.Day(required=True, attribute="training_class.end_day")
    joined = fields.Integer(required=True)
    enrolled = fields.Integer(required=True, attribute="training_class.enrolled")
    planned_headcount = fields.Integer(required=True, attribute="training_class.planned_headcount")
    state = fields.Enum(ClassState, required=True, attribute="training_class.state")
    state_label = fields.String(required=True)
    audited = fields.Enum(Audited, required=True)
    provider_id = fields.Uuid(required=True, attribute="training_class.provider_id")
    provider_name = fields.String(required=True)
    staff = fields.List(fields.Nested(MemberSchema), required=True)
    created_at = fields.Moment(required=True, attribute="training_class.created_at")


class PackageSchema(Schema):
    """The package version that a class keeps."""

    package_id = fields.Uuid(required=True)
    version = fields.Integer(required=True)
    newest_version = fields.Integer(required=True, allow_none=True)
    name = fields.String(required=True)
    official = fields.Boolean(required=True)
    exam_title = fields.String(required=True, allow_none=True)
    totals = fields.Dict(required=True, allow_none=True)


class CourseSettingsSchema(Schema):
    """Step 2 as it is kept."""

    recorded = fields.Boolean(required=True)
    package = fields.Nested(PackageSchema, required=True, allow_none=True)
    minutes_per_class_hour = fields.Integer(required=True)
    replay = fields.Enum(Replay, required=True)
    replay_until = fields.Day(required=True, allow_none=True)
    exam = fields.Nested(ExamSchema, required=True, allow_none=True)
    offline = fields.Boolean(required=True)
    timetable = fields.String(required=True)


class StepsSchema(Schema):
    """Which steps of the wizard have been saved."""

    basic = fields.Boolean(required=True)
    courses = fields.Boolean(required=True)
    supervision = fields.Boolean(required=True)
    roster = fields.Boolean(required=True)


class MissingSchema(Schema):
    """Something that an opening still lacks."""

    field = fields.String(required=True)
    message = fields.String(required=True)


class ApplicationBriefSchema(Schema):
    """The class's newest application."""

    id = fields.Uuid(required=True)
    version = fields.Integer(required=True)
    kind = fields.String(required=True)
    state = fields.String(required=True)


class ClassSchema(Schema):
    """A class with all its settings."""

    id = fields.Uuid(required=True)
    version = fields.Integer(required=True)
    provider_id = fields.Uuid(required=True)
    provider_name = fields.String(required=True)
    dealer_id = fields.Uuid(required=True, allow_none=True)
    name = fields.String(required=True)
    type = fields.Enum(ClassType, required=True)
    type_label = fields.String(required=True)
    state = fields.Enum(ClassState, required=True)
    state_label = fields.String(required=True)
    audited = fields.Enum(Audited, required=True)
    epoch = fields.Integer(required=True)
    class_password = fields.String(required=True, allow_none=True)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    planned_headcount = fields.Integer(required=True)
    enrolled = fields.Integer(required=True)
    joined = fields.Integer(required=True)
    region = fields.Nested(RegionSchema, required=True)
    category_id = fields.Uuid(required=True)
    category_path = fields.List(fields.String(), required=True)
    training_enterprise = fields.String(required=True)
    supervision_number = fields.String(required=True)
    announcement = fields.String(required=True)
    teacher = fields.Nested(MemberSchema, required=True, allow_none=True)
    assistants = fields.List(fields.Nested(MemberSchema), required=True)
    courses = fields.Nested(CourseSettingsSchema, required=True)
    supervision = fields.Dict(required=True)
    policy_version = fields.Integer(required=True)
    steps = fields.Nested(StepsSchema, required=True)
    missing = fields.List(fields.Nested(MissingSchema), required=True)
    application = fields.Nested(ApplicationBriefSchema, required=True, allow_none=True)
    opened_at = fields.Moment(required=True, allow_none=True)
    graduated_at = fields.Moment(required=True, allow_none=True)
    created_at = fields.Moment(required=True)
    updated_at = fields.Moment(required=True)


class ClassTypeSchema(Schema):
    """One line of K1's table."""

    type = fields.Enum(ClassType, required=True)
    label = fields.String(required=True)
    required = fields.List(fields.String(), required=True)
    allowed = fields.List(fields.String(), required=True)
    longest_days = fields.Integer(required=True)
    offered = fields.Boolean(required=True)


class ClassTypesSchema(Schema):
    """K1's table."""

    items = fields.List(fields.Nested(ClassTypeSchema), required=True)


class CandidateSchema(Schema):
    """An account that could be class teacher or assistant."""

    account_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)


class CandidatesSchema(Schema):
    """Those of one provider."""

    items = fields.List(fields.Nested(CandidateSchema), required=True)


ClassPageSchema = page_of(ClassRowSchema)
