"""The learner's pages of classes."""

from chassis.web import Schema, fields, page_of

from classroom.joining.schemas.joins import TicketSchema


class MyClassSummarySchema(Schema):
    """A class in the learner's list."""

    class_id = fields.Uuid(required=True)
    enrolment_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    state = fields.String(required=True)
    type = fields.String(required=True)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    joined_at = fields.Moment(required=True)
    finished = fields.Boolean(required=True)
    learned_seconds = fields.Integer(required=True)
    course_seconds = fields.Integer(required=True)
    complete_items = fields.Integer(required=True)
    item_count = fields.Integer(required=True)


MyClassesPageSchema = page_of(MyClassSummarySchema)


class MyItemSchema(Schema):
    """An item with own progress; what is not open yet waits for the item before it (C5)."""

    item_id = fields.Uuid(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    seconds = fields.Integer(required=True)
    learned_seconds = fields.Integer(required=True)
    watched = fields.List(fields.List(fields.Integer()), max_items=100_000, required=True)
    complete = fields.Boolean(required=True)
    open = fields.Boolean(required=True)


class MyCourseSchema(Schema):
    """A course of the package with its items in play order."""

    course_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    items = fields.List(fields.Nested(MyItemSchema), max_items=10_000, required=True)


class MyExamSchema(Schema):
    """The class's exam, as it is announced (E2, E3)."""

    title = fields.String(required=True, allow_none=True)
    paper_version_id = fields.Uuid(required=True, allow_none=True)
    opens_at = fields.Moment(required=True)
    closes_at = fields.Moment(required=True)
    attempts = fields.Integer(required=True)
    seconds = fields.Integer(required=True)


class WindowSchema(Schema):
    """A study time window, "08:00" to "22:00"."""

    begins = fields.String(required=True, data_key="from")
    ends = fields.String(required=True, data_key="to")


class MyStudyRulesSchema(Schema):
    """What limits study, and why nothing would be credited right now (K17, X12)."""

    sequential = fields.Boolean(required=True)
    study_windows = fields.List(fields.Nested(WindowSchema), required=True)
    daily_video_seconds = fields.Integer(required=True, allow_none=True)
    today_video_seconds = fields.Integer(required=True)
    hindrance = fields.String(required=True, allow_none=True)
    hindrance_text = fields.String(required=True, allow_none=True)


class MyCheckInSchema(Schema):
    """Days checked in of the class days that have begun (S3)."""

    days_checked_in = fields.Integer(required=True)
    days_begun = fields.Integer(required=True)
    last_check_in_at = fields.Moment(required=True, allow_none=True)


class MyClassSchema(MyClassSummarySchema):
    """The learner's page of one class, with a fresh ticket while the class is open."""

    learner_name = fields.String(required=True)
    announcement = fields.String(required=True)
    timetable = fields.String(required=True, max_length=200_000)
    teacher = fields.String(required=True, allow_none=True)
    assistants = fields.List(fields.String(), required=True)
    learner_count = fields.Integer(required=True)
    replay_until = fields.Day(required=True, allow_none=True)
    epoch = fields.Integer(required=True)
    exam = fields.Nested(MyExamSchema, required=True, allow_none=True)
    check_in = fields.Nested(MyCheckInSchema, required=True)
    study = fields.Nested(MyStudyRulesSchema, required=True)
    courses = fields.List(fields.Nested(MyCourseSchema), required=True)
    ticket = fields.Nested(TicketSchema, required=True, allow_none=True)
