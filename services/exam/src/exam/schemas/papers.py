"""Papers: the draft and its published versions."""

from chassis.web import PageArgs, Schema, fields, page_of

from exam.rules.papers import MAX_QUESTIONS, PaperKind
from exam.schemas.questions import OptionSchema

HALF_A_DAY = 12 * 3600


class PaperQuestionSchema(Schema):
    """A question's place in a paper: its id and its points."""

    question_id = fields.Uuid(required=True)
    score = fields.Integer(minimum=1, maximum=1000, required=True)


class PaperContentIn(Schema):
    """What a paper says; `seconds` is the default duration, ignored for an exercise."""

    title = fields.String(min_length=1, max_length=200, required=True)
    pass_score = fields.Integer(minimum=0, maximum=300_000, required=True)
    seconds = fields.Integer(minimum=0, maximum=HALF_A_DAY, load_default=0)
    shuffle_questions = fields.Boolean(load_default=False)
    shuffle_options = fields.Boolean(load_default=False)
    questions = fields.List(fields.Nested(PaperQuestionSchema), max_items=MAX_QUESTIONS, required=True)


class PaperIn(PaperContentIn):
    """A new paper; its kind is chosen once."""

    kind = fields.Enum(PaperKind, required=True)


class PaperOut(Schema):
    """A paper's draft; `published_number` is the newest published version, 0 before the first."""

    id = fields.Uuid(required=True)
    provider_id = fields.Uuid(required=True, allow_none=True)
    kind = fields.Enum(PaperKind, required=True)
    title = fields.String(required=True)
    pass_score = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    shuffle_questions = fields.Boolean(required=True)
    shuffle_options = fields.Boolean(required=True)
    questions = fields.List(fields.Nested(PaperQuestionSchema), required=True)
    published_number = fields.Integer(required=True)
    version = fields.Integer(required=True)
    created_at = fields.Moment(required=True)
    updated_at = fields.Moment(required=True)


class PaperVersionOut(Schema):
    """A published version."""

    id = fields.Uuid(required=True)
    paper_id = fields.Uuid(required=True)
    number = fields.Integer(required=True)
    provider_id = fields.Uuid(required=True, allow_none=True)
    kind = fields.Enum(PaperKind, required=True)
    title = fields.String(required=True)
    total_score = fields.Integer(required=True)
    pass_score = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    shuffle_questions = fields.Boolean(required=True)
    shuffle_options = fields.Boolean(required=True)
    question_count = fields.Integer(required=True)
    published_at = fields.Moment(required=True)


class VersionQuestionOut(Schema):
    """A published question with its right answer: for authors only."""

    question_id = fields.Uuid(required=True)
    position = fields.Integer(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    answer = fields.List(fields.String(), required=True)
    explanation = fields.String(required=True)
    score = fields.Integer(required=True)


class PaperVersionDetail(PaperVersionOut):
    """A published version with its questions."""

    questions = fields.List(fields.Nested(VersionQuestionOut), required=True)


class ShelfArgs(PageArgs):
    """Filters of the list of papers."""

    kind = fields.Enum(PaperKind, load_default=None)
    owner = fields.Enum(("own", "official"), load_default=None)
    text = fields.String(max_length=100, load_default=None)


PaperPage = page_of(PaperOut)
PaperVersionPage = page_of(PaperVersionOut)
