"""Questions of the bank, with their right answers: for authors only."""

from chassis.web import PageArgs, Schema, fields, page_of

from exam.rules.questions import QuestionKind


class OptionSchema(Schema):
    """One choice: its letter and what it says."""

    key = fields.String(min_length=1, max_length=1, required=True)
    text = fields.String(min_length=1, max_length=500, required=True)


class QuestionIn(Schema):
    """A question as its author writes it; a true/false question has no options and is answered T or F."""

    kind = fields.Enum(QuestionKind, required=True)
    text = fields.String(min_length=1, max_length=2000, lines=True, required=True)
    options = fields.List(fields.Nested(OptionSchema), max_items=10, load_default=list)
    answer = fields.List(fields.String(min_length=1, max_length=1), max_items=10, required=True)
    explanation = fields.String(max_length=2000, lines=True, load_default="")


class QuestionBatchIn(Schema):
    """Up to 500 questions: all of them or none."""

    items = fields.List(fields.Nested(QuestionIn), min_items=1, max_items=500, required=True)


class QuestionOut(Schema):
    """A question of the bank; `provider_id` null means official."""

    id = fields.Uuid(required=True)
    provider_id = fields.Uuid(required=True, allow_none=True)
    kind = fields.Enum(QuestionKind, required=True)
    text = fields.String(required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    answer = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True)
    version = fields.Integer(required=True)
    created_at = fields.Moment(required=True)
    updated_at = fields.Moment(required=True)


class QuestionBatchOut(Schema):
    """The questions made, in the order sent."""

    items = fields.List(fields.Nested(QuestionOut), required=True)


class BankArgs(PageArgs):
    """Filters of the bank."""

    kind = fields.Enum(QuestionKind, load_default=None)
    owner = fields.Enum(("own", "official"), load_default=None)
    text = fields.String(max_length=100, load_default=None)


QuestionPage = page_of(QuestionOut)
