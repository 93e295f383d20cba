"""What of an open class may still be changed, and only in the learners' favour (K14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chassis.errors import Conflict, FieldError

from classroom.classes.rules.courses import Replay


class LearnersWouldLose(Conflict):
    """The change would take something from learners that they were promised at the opening."""

    code = "classroom.class.learners_would_lose"
    title = "开班后不能减少学员已有的学习和考试机会"
    next_step = "开班后结课日期、回看和考试时间只能延长，考试次数只能增加。"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What learners of an open class can count on."""

    end_day: date
    replay: Replay
    replay_until: date | None
    exam_opens_at: datetime | None
    exam_closes_at: datetime | None
    exam_attempts: int | None


def require_no_loss(*, before: Promise, wanted: Promise) -> None:
    """Raise LearnersWouldLose with every field that would take something away (K14)."""
    wrong = []
    if wanted.end_day < before.end_day:
        wrong.append(_field("/end_day", "开班后结课日期只能延后。"))
    if _replay_end(wanted) < _replay_end(before):
        wrong.append(_field("/replay_until", "开班后回看只能延长。"))
    if before.exam_opens_at and wanted.exam_opens_at and wanted.exam_opens_at > before.exam_opens_at:
        wrong.append(_field("/exam/opens_at", "开班后考试开始时间不能推迟。"))
    if before.exam_closes_at and wanted.exam_closes_at and wanted.exam_closes_at < before.exam_closes_at:
        wrong.append(_field("/exam/closes_at", "开班后考试结束时间不能提前。"))
    if before.exam_attempts and wanted.exam_attempts and wanted.exam_attempts < before.exam_attempts:
        wrong.append(_field("/exam/attempts", "开班后考试次数不能减少。"))
    if wrong:
        raise LearnersWouldLose(fields=wrong)


def _replay_end(promise: Promise) -> date:
    if promise.replay is Replay.NONE or promise.replay_until is None:
        return date.min
    return promise.replay_until


def _field(field: str, message: str) -> FieldError:
    return FieldError(field=field, code="less_than_promised", message=message)
