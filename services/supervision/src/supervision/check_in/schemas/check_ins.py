"""Check-ins and their statistics."""

from chassis.web import PageArgs, Schema, fields, page_of

from supervision.check_in.rules.slots import CheckInPolicy, Slot


class CheckInIn(Schema):
    """The receipt of the photo that was taken for it."""

    receipt = fields.String(min_length=1, max_length=1000, required=True)


class CheckInOut(Schema):
    """A check-in."""

    id = fields.Uuid(required=True)
    day = fields.Day(required=True)
    slot = fields.Enum(Slot, required=True)
    at = fields.Moment(required=True)


class SlotToday(Schema):
    """A slot of today: whether it is done, and whether it is due at this moment."""

    slot = fields.Enum(Slot, required=True)
    done = fields.Boolean(required=True)
    due_now = fields.Boolean(required=True)


class OwnCheckIns(Schema):
    """One's own check-ins, and X/Y: days checked in / class days that have begun (S3)."""

    class_id = fields.Uuid(required=True)
    check_in = fields.Enum(CheckInPolicy, required=True)
    days_checked_in = fields.Integer(required=True)
    days_begun = fields.Integer(required=True)
    class_days = fields.Integer(required=True)
    is_class_day = fields.Boolean(required=True)
    today = fields.List(fields.Nested(SlotToday), required=True)
    items = fields.List(fields.Nested(CheckInOut), max_items=10_000, required=True)


class CheckInLine(CheckInOut):
    """A check-in in a class's list."""

    enrolment_id = fields.Uuid(required=True)
    name = fields.String(required=True)


class CheckInArgs(PageArgs):
    """Filters of a class's check-ins."""

    day = fields.Day(load_default=None)
    enrolment_id = fields.Uuid(load_default=None)


class DayStatistics(Schema):
    """One class day: learners who had joined by its end, and how many of them it counts for."""

    day = fields.Day(required=True)
    checked_in = fields.Integer(required=True)
    expected = fields.Integer(required=True)
    rate_percent = fields.String(required=True, allow_none=True)


class LearnerStatistics(Schema):
    """One learner's X/Y and rate."""

    enrolment_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    days_checked_in = fields.Integer(required=True)
    days_begun = fields.Integer(required=True)
    rate_percent = fields.String(required=True, allow_none=True)
    last_check_in_at = fields.Moment(required=True, allow_none=True)


class StatisticsArgs(PageArgs):
    """Filters of the learners."""

    text = fields.String(max_length=100, load_default=None)


class StatisticsOut(page_of(LearnerStatistics)):  # type: ignore[misc]
    """The class, its days (newest first), and a page of its learners. Rates are percent with two places."""

    class_id = fields.Uuid(required=True)
    check_in = fields.Enum(CheckInPolicy, required=True)
    required_slots = fields.List(fields.Enum(Slot), required=True)
    class_days = fields.Integer(required=True)
    days_begun = fields.Integer(required=True)
    learners_joined = fields.Integer(required=True)
    rate_percent = fields.String(required=True, allow_none=True)
    days = fields.List(fields.Nested(DayStatistics), max_items=2000, required=True)


class PhotoLinkOut(Schema):
    """A link to a photo, and when it ends."""

    url = fields.String(max_length=2000, required=True)
    expires_at = fields.Moment(required=True)


CheckInPage = page_of(CheckInLine)
