"""Attempts, for learners and for their teachers. Right answers appear only after hand-in (E6)."""

from chassis.web import PageArgs, Schema, fields, page_of

from exam.rules.answer_release import Withheld
from exam.rules.papers import PaperKind
from exam.schemas.questions import OptionSchema


class AttemptLine(Schema):
    """An attempt in a list. Times are the server's; `seconds` is null when there is no time limit."""

    id = fields.Uuid(required=True)
    class_id = fields.Uuid(required=True)
    enrolment_id = fields.Uuid(required=True)
    kind = fields.Enum(PaperKind, required=True)
    item_id = fields.Uuid(required=True, allow_none=True)
    number = fields.Integer(required=True)
    attempts_allowed = fields.Integer(required=True, allow_none=True)
    state = fields.Enum(("running", "handed_in"), required=True)
    started_at = fields.Moment(required=True)
    deadline = fields.Moment(required=True, allow_none=True)
    handed_in_at = fields.Moment(required=True, allow_none=True)
    ended_by = fields.Enum(("learner", "deadline", "closing"), required=True, allow_none=True)
    seconds = fields.Integer(required=True, allow_none=True)
    used_seconds = fields.Integer(required=True)
    score = fields.Integer(required=True, allow_none=True)
    total_score = fields.Integer(required=True)
    pass_score = fields.Integer(required=True)
    passed = fields.Boolean(required=True, allow_none=True)


class AttemptQuestion(Schema):
    """A question in the learner's own order. The last three are there only after hand-in."""

    id = fields.Uuid(required=True)
    position = fields.Integer(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    points = fields.Integer(required=True)
    answer = fields.List(fields.String(), required=True)
    marked = fields.Boolean(required=True)
    answer_id = fields.Uuid(required=True, allow_none=True)
    """The page's id of the save that counts, to base the next one on; null before the first."""
    right_answer = fields.List(fields.String())
    is_right = fields.Boolean()
    explanation = fields.String()


class AttemptOut(AttemptLine):
    """The answer page: questions, saved answers, marks, and the time that is left by the server's clock (E4)."""

    title = fields.String(required=True)
    server_time = fields.Moment(required=True)
    remaining_seconds = fields.Integer(required=True, allow_none=True)
    answers_revealed = fields.Boolean(required=True)
    answers_withheld = fields.Enum(Withheld, required=True, allow_none=True)
    """Why right answers are not shown although the attempt is over (E6)."""
    answers_shown_from = fields.Moment(required=True, allow_none=True)
    """When they will be; null when that hangs on no clock."""
    sequence = fields.Integer(required=True)
    """How many saves there were, on all devices together."""
    last_answer_id = fields.Uuid(required=True, allow_none=True)
    """The id of the last of them, to base handing in on; null before the first."""
    questions = fields.List(fields.Nested(AttemptQuestion), required=True)


class AnswerIn(Schema):
    """One save: letters as shown (empty takes the answer back), the mark, and the page's own id for it.

    `based_on` is the `answer_id` that the page had seen for the question, null for none. Where another stands by
    now, 409 `exam.answer.outdated` says which. Without it the save counts as the newest.
    """

    id = fields.Uuid(required=True)
    answer = fields.List(fields.String(min_length=1, max_length=1), max_items=10, required=True)
    marked = fields.Boolean(load_default=False)
    based_on = fields.Uuid(allow_none=True)


class HandInIn(Schema):
    """`based_on` is the id of the attempt's last save that the page had seen, null for none. Where another device has
    saved since, 409 `exam.attempt.answered_elsewhere` and nothing is handed in. Without it nothing is compared."""

    based_on = fields.Uuid(allow_none=True)


class AnswerOut(Schema):
    """What counts now for the question, how many saves there were on all devices, and the time that is left."""

    question_id = fields.Uuid(required=True)
    answer = fields.List(fields.String(), required=True)
    marked = fields.Boolean(required=True)
    answer_id = fields.Uuid(required=True)
    sequence = fields.Integer(required=True)
    server_time = fields.Moment(required=True)
    remaining_seconds = fields.Integer(required=True, allow_none=True)


class ClassExamOut(Schema):
    """What the learner sees before starting (E3)."""

    class_id = fields.Uuid(required=True)
    class_name = fields.String(required=True)
    account_name = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    question_count = fields.Integer(required=True, allow_none=True)
    total_score = fields.Integer(required=True, allow_none=True)
    pass_score = fields.Integer(required=True, allow_none=True)
    opens_at = fields.Moment(required=True, allow_none=True)
    closes_at = fields.Moment(required=True, allow_none=True)
    window = fields.Enum(("not_yet", "open", "over"), required=True, allow_none=True)
    class_open = fields.Boolean(required=True)
    server_time = fields.Moment(required=True)
    seconds = fields.Integer(required=True, allow_none=True)
    attempts_allowed = fields.Integer(required=True, allow_none=True)
    attempts_used = fields.Integer(required=True)
    attempts_left = fields.Integer(required=True)
    running_attempt_id = fields.Uuid(required=True, allow_none=True)
    best_score = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True)
    attempts = fields.List(fields.Nested(AttemptLine), required=True)


class LearnerAttempts(Schema):
    """A learner of a class with all attempts; `best_exam_score` null is shown as “--”."""

    enrolment_id = fields.Uuid(required=True)
    name = fields.String(required=True)
    best_exam_score = fields.Integer(required=True, allow_none=True)
    attempts = fields.List(fields.Nested(AttemptLine), required=True)


class ClassAttemptsArgs(PageArgs):
    """Filters of a class's attempts."""

    kind = fields.Enum(PaperKind, load_default=None)
    text = fields.String(max_length=100, load_default=None)


AttemptLinePage = page_of(AttemptLine)
LearnerAttemptsPage = page_of(LearnerAttempts)
