"""What the wizard sends, step by step (K2–K4). Unknown fields are refused: a switch that nothing enforces must
not look as if it were on."""

from __future__ import annotations

from chassis.web import Schema, fields

from classroom.classes.rules.basic import LONGEST_ANNOUNCEMENT, MOST_LEARNERS
from classroom.classes.rules.class_types import ClassType
from classroom.classes.rules.courses import LONGEST_EXAM_MINUTES, MOST_ATTEMPTS, AnswersShown, Replay
from classroom.classes.rules.supervision import MOST_WINDOWS, CheckIn
from classroom.classes.schemas.rich_text import RichText


class RegionSchema(Schema):
    """申领补贴地区, also for classes without subsidy."""

    province = fields.String(required=True, min_length=1, max_length=30)
    city = fields.String(required=True, min_length=1, max_length=30)
    district = fields.String(required=True, min_length=1, max_length=30)


class BasicSchema(Schema):
    """Step 1, 基本信息 (K2)."""

    name = fields.String(required=True, min_length=1, max_length=100)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    teacher_id = fields.Uuid(required=True)
    assistant_ids = fields.List(fields.Uuid(), load_default=list, max_items=20)
    planned_headcount = fields.Integer(required=True, minimum=1, maximum=MOST_LEARNERS)
    region = fields.Nested(RegionSchema, required=True)
    category_id = fields.Uuid(required=True)
    training_enterprise = fields.String(load_default="", max_length=100)
    supervision_number = fields.String(load_default="", max_length=60)
    announcement = fields.String(load_default="", max_length=LONGEST_ANNOUNCEMENT, lines=True)


class CreateClassSchema(BasicSchema):
    """Step 1 of a new class, with its type."""

    type = fields.Enum(ClassType, required=True)


class CopyClassSchema(Schema):
    """复制: what the new class has of its own."""

    name = fields.String(required=True, min_length=1, max_length=100)
    start_day = fields.Day(required=True)
    end_day = fields.Day(required=True)
    announcement = fields.String(load_default="", max_length=LONGEST_ANNOUNCEMENT, lines=True)


class PackageChoiceSchema(Schema):
    """A published version of a course package."""

    package_id = fields.Uuid(required=True)
    version = fields.Integer(required=True, minimum=1)


class ExamSchema(Schema):
    """The class's exam: window, attempts, minutes of each (E2), and when right answers are shown (E6)."""

    opens_at = fields.Moment(required=True)
    closes_at = fields.Moment(required=True)
    attempts = fields.Integer(required=True, minimum=1, maximum=MOST_ATTEMPTS)
    minutes = fields.Integer(required=True, minimum=1, maximum=LONGEST_EXAM_MINUTES)
    answers_shown = fields.Enum(AnswersShown, load_default=AnswersShown.AFTER_WINDOW)


class CoursesSchema(Schema):
    """Step 2, 课程设置 (K3)."""

    recorded = fields.Boolean(required=True)
    package = fields.Nested(PackageChoiceSchema, load_default=None, allow_none=True)
    minutes_per_class_hour = fields.Integer(load_default=45, minimum=1, maximum=240)
    replay = fields.Enum(Replay, load_default=Replay.NONE)
    replay_until = fields.Day(load_default=None, allow_none=True)
    exam = fields.Nested(ExamSchema, load_default=None, allow_none=True)
    offline = fields.Boolean(load_default=False)
    timetable = RichText(load_default="")


class StudyWindowSchema(Schema):
    """A time of day in which recorded courses can be played."""

    begins = fields.String(required=True, data_key="from", max_length=5)
    ends = fields.String(required=True, data_key="to", max_length=5)


class SupervisionSchema(Schema):
    """Step 3, 监管设置 (K4)."""

    real_name = fields.Boolean(required=True)
    check_in = fields.Enum(CheckIn, required=True)
    daily_video_hours = fields.Integer(load_default=None, allow_none=True, minimum=1, maximum=24)
    study_windows = fields.List(fields.Nested(StudyWindowSchema), load_default=list, max_items=MOST_WINDOWS)


class AnnouncementSchema(Schema):
    """班级公告 (K22)."""

    announcement = fields.String(required=True, max_length=LONGEST_ANNOUNCEMENT, lines=True)


class HeadcountSchema(Schema):
    """The planned headcount after the opening (K10)."""

    planned_headcount = fields.Integer(required=True, minimum=1, maximum=MOST_LEARNERS)


class StaffChoiceSchema(Schema):
    """Teacher and assistants, set together."""

    teacher_id = fields.Uuid(required=True)
    assistant_ids = fields.List(fields.Uuid(), required=True, max_items=20)


class RunningExamSchema(Schema):
    """Window and attempts of an open class's exam; the minutes are fixed."""

    opens_at = fields.Moment()
    closes_at = fields.Moment()
    attempts = fields.Integer(minimum=1, maximum=MOST_ATTEMPTS)


class ReplayChoiceSchema(Schema):
    """Replay and its last day, set together."""

    replay = fields.Enum(Replay, required=True)
    replay_until = fields.Day(required=True, allow_none=True)


class RunningSchema(Schema):
    """What of an open class can be changed; what is not named stays (K14)."""

    end_day = fields.Day()
    timetable = RichText()
    staff = fields.Nested(StaffChoiceSchema)
    supervision_number = fields.String(max_length=60)
    replay = fields.Nested(ReplayChoiceSchema)
    exam = fields.Nested(RunningExamSchema)
