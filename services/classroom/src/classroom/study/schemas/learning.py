"""What staff see of learning (K16, K20)."""

from chassis.web import PageArgs, Schema, fields, page_of


class OverviewSchema(Schema):
    """The class at a glance (K16)."""

    learners = fields.Integer(required=True)
    joined = fields.Integer(required=True)
    not_joined = fields.Integer(required=True)
    finished = fields.Integer(required=True)
    unfinished = fields.Integer(required=True)
    courses = fields.Integer(required=True, attribute="course_count")
    exams = fields.Integer(required=True, attribute="exam_count")
    course_seconds = fields.Integer(required=True)
    class_hours = fields.Integer(required=True)


class LearningArgs(PageArgs):
    """Filters by status, by today's check-in, and by name, contact or whole document number."""

    status = fields.Enum(("finished", "unfinished"), load_default=None)
    check_in = fields.Enum(("today", "not_today"), load_default=None)
    text = fields.String(max_length=100, load_default=None)


class LearningRowSchema(Schema):
    """One learner (K20). ``exam_score`` is the best of all attempts, null (shown as --) when there is none."""

    enrolment_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    contact = fields.String(required=True)
    joined_at = fields.Moment(required=True, allow_none=True)
    status = fields.String(required=True)
    exam_score = fields.Integer(required=True, allow_none=True)
    exam_attempts = fields.Integer(required=True)
    course_seconds = fields.Integer(required=True)
    learned_seconds = fields.Integer(required=True)
    item_count = fields.Integer(required=True)
    complete_items = fields.Integer(required=True)
    last_study_at = fields.Moment(required=True, allow_none=True)
    days_checked_in = fields.Integer(required=True)
    days_begun = fields.Integer(required=True)
    last_check_in_at = fields.Moment(required=True, allow_none=True)


LearningPageSchema = page_of(LearningRowSchema)


class DayFiguresSchema(Schema):
    """A Shanghai day of the class: who studied and how long."""

    day = fields.Day(required=True)
    learners = fields.Integer(required=True)
    video_seconds = fields.Integer(required=True)
    document_seconds = fields.Integer(required=True)


class DailyFiguresSchema(Schema):
    """The days with study, the latest first."""

    items = fields.List(fields.Nested(DayFiguresSchema), max_items=2000, required=True)


class DetailsArgs(Schema):
    """只查看未学完."""

    only_unfinished = fields.QueryBoolean(load_default=False)


class PlaySchema(Schema):
    """One play of a video or reading of a document: what was credited of it. ``spans`` are the media seconds, null for
    plays of the time before they were kept."""

    started_at = fields.Moment(required=True)
    last_at = fields.Moment(required=True)
    from_seconds = fields.Integer(required=True)
    to_seconds = fields.Integer(required=True)
    spans = fields.List(fields.List(fields.Integer()), max_items=100_000, required=True, allow_none=True)
    credited_seconds = fields.Integer(required=True)
    device = fields.String(required=True)


class AttemptSchema(Schema):
    """One attempt that was handed in."""

    attempt_id = fields.Uuid(required=True)
    number = fields.Integer(required=True)
    score = fields.Integer(required=True)
    total_score = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    started_at = fields.Moment(required=True)
    handed_in_at = fields.Moment(required=True)
    seconds = fields.Integer(required=True)


class ItemDetailSchema(Schema):
    """An item of the class and all that the learner did in it."""

    item_id = fields.Uuid(required=True)
    course_name = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    seconds = fields.Integer(required=True)
    learned_seconds = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
    best_score = fields.Integer(required=True, allow_none=True)
    plays = fields.List(fields.Nested(PlaySchema), max_items=100_000, required=True)
    attempts = fields.List(fields.Nested(AttemptSchema), max_items=100_000, required=True)


class LearnerDaySchema(Schema):
    """What was credited on one Shanghai day."""

    day = fields.Day(required=True)
    video_seconds = fields.Integer(required=True)
    document_seconds = fields.Integer(required=True)


class LearnerDetailsSchema(Schema):
    """学习详情."""

    learner = fields.Nested(LearningRowSchema, required=True)
    items = fields.List(fields.Nested(ItemDetailSchema), max_items=10_000, required=True)
    exam_attempts = fields.List(fields.Nested(AttemptSchema), max_items=10_000, required=True)
    days = fields.List(fields.Nested(LearnerDaySchema), max_items=2000, required=True)
