"""C3: the training plan (线上培训项目计划表): teaching plan, course table, lecturer table."""

from __future__ import annotations

from chassis.web import Schema, fields


class TeachingPlan(Schema):
    """一、教学方案. The roster is attached to the class (附花名册)."""

    occupation = fields.String(load_default="", max_length=60)
    skill_level = fields.String(load_default="", max_length=40)
    headcount = fields.Integer(minimum=1, maximum=100_000, load_default=None, allow_none=True)
    mode = fields.Enum(("online", "offline", "mixed"), load_default="online")
    place = fields.String(load_default="", max_length=200)
    time = fields.String(load_default="", max_length=200)


class PlannedCourse(Schema):
    """A line of 培训课程表."""

    course = fields.String(required=True, min_length=1, max_length=100)
    class_hours = fields.Integer(required=True, minimum=0, maximum=10_000)
    textbook = fields.String(load_default="", max_length=200)


class Lecturer(Schema):
    """A line of 讲师表."""

    teaches = fields.Enum(("theory", "practice"), required=True)
    name = fields.String(required=True, min_length=1, max_length=40)
    education = fields.String(load_default="", max_length=40)
    title = fields.String(load_default="", max_length=60)
    courses = fields.String(load_default="", max_length=200)
    employer = fields.String(load_default="", max_length=100)
    employment = fields.Enum(("full_time", "part_time"), required=True)


class TrainingPlanIn(Schema):
    """The plan with its three parts."""

    teaching_plan = fields.Nested(TeachingPlan, required=True)
    courses = fields.List(fields.Nested(PlannedCourse), load_default=list, max_items=200)
    lecturers = fields.List(fields.Nested(Lecturer), load_default=list, max_items=200)


class TrainingPlanOut(TrainingPlanIn):
    """The plan as it was last written; empty parts when it never was."""

    teaching_plan = fields.Nested(TeachingPlan, required=True)
    version = fields.Integer(required=True)
