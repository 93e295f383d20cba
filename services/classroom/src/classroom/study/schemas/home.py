"""首页: the figures of the classes within reach."""

from chassis.web import Schema, fields

from classroom.study.schemas.learning import DayFiguresSchema


class StateCountsSchema(Schema):
    """How many classes are in each state."""

    draft = fields.Integer(required=True)
    opening_review = fields.Integer(required=True)
    open = fields.Integer(required=True)
    graduation_review = fields.Integer(required=True)
    graduated = fields.Integer(required=True)


class HomeSchema(Schema):
    """What the first page shows of classes and study."""

    classes = fields.Nested(StateCountsSchema, required=True)
    running = fields.Integer(
        required=True, metadata={"description": "Open classes on whose days today falls"}
    )
    studying_now = fields.Integer(
        required=True, metadata={"description": "Learners with study credited within the last five minutes"}
    )
    days = fields.List(
        fields.Nested(DayFiguresSchema),
        required=True,
        metadata={"description": "The last 14 Shanghai days, today last, empty ones included"},
    )
