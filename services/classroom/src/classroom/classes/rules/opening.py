"""When a class may apply for its opening, and what its quote is worth (K12)."""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass
from datetime import date, datetime

from chassis.errors import Conflict, FieldError, Invalid


class QuoteState(enum.StrEnum):
    """What billing has said so far."""

    PENDING = "pending"
    PRICED = "priced"
    UNPRICED = "unpriced"


class SettingsIncomplete(Invalid):
    """Something that an opening needs has not been set yet."""

    code = "classroom.opening.settings_incomplete"
    title = "班级设置还不完整，不能申请开班"
    next_step = "请补全提示的各项设置后再办理开班。"


class QuotePending(Conflict):
    """Billing has not answered yet."""

    code = "classroom.opening.quote_pending"
    title = "正在计算开班费用"
    next_step = "请稍候几秒，费用显示后再提交。"


class NoPrice(Conflict):
    """There is no price agreement for the provider."""

    code = "classroom.opening.no_price"
    title = "还没有价格协议，不能提交开班审核"
    next_step = "请联系商务专员签订价格协议，然后重新办理开班。"


class QuoteStale(Conflict):
    """The planned headcount or the provider's dealer was changed after the quote."""

    code = "classroom.opening.quote_stale"
    title = "班级或培训单位的资料已修改，开班费用需要重新计算"
    next_step = "请返回班级列表重新点击“开班”，核对新的费用后再提交。"


class DaysOver(Conflict):
    """The class would open after its last day, or with an exam that nobody can take any more."""

    code = "classroom.opening.days_over"
    title = "班级的结课日期或考试时间已过，不能通过开班审核"
    next_step = (
        "请选择审核不通过并写明原因，由培训单位修改日期后重新申请；一审决定前，培训单位也可以自行撤回。"
    )


def require_days_ahead(*, end_day: date, exam_closes_at: datetime | None, now: datetime, today: date) -> None:
    """Raise DaysOver when a class that opens `now` could not be studied in, or its exam not be taken (K14, K17).

    A first day that has passed is no reason: a review may take longer than planned.
    """
    if end_day < today:
        raise DaysOver(f"结课日期 {end_day.isoformat()} 已过，不能通过开班审核。")
    if exam_closes_at is not None and exam_closes_at <= now:
        raise DaysOver("线上考试的结束时间已过，不能通过开班审核。")


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What has been set, as facts."""

    enrolled: int
    courses_saved: bool
    supervision_saved: bool
    package_needs_exam: bool
    exam_set: bool
    teachers: int
    """Whose accounts are switched on."""
    ends_in_past: bool
    exam_over: bool = False


def require_complete(*, ready: Readiness) -> None:
    """Raise SettingsIncomplete with everything that is missing (K12)."""
    wanted = [
        (ready.courses_saved, "/courses", "请完成第 2 步：课程设置。"),
        (ready.supervision_saved, "/supervision", "请完成第 3 步：监管设置。"),
        (
            ready.exam_set or not ready.package_needs_exam,
            "/courses/exam",
            "课程包需要线上考试，请设置考试时间、次数和时长。",
        ),
        (ready.teachers > 0, "/teacher_id", "请指定班主任；原班主任账号已停用的，请另选一位。"),
        (ready.enrolled > 0, "/roster", "请至少录入一名报名学员。"),
        (not ready.ends_in_past, "/end_day", "结课日期已过，请修改开课时间。"),
        (
            not ready.exam_over or ready.ends_in_past,
            "/courses/exam/closes_at",
            "线上考试的结束时间已过，请修改考试时间。",
        ),
    ]
    missing = [
        FieldError(field=field, code="required", message=text) for there, field, text in wanted if not there
    ]
    if missing:
        raise SettingsIncomplete(fields=missing)


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """What a quote was asked for, or what the class now has: headcount, and the dealer whose price it is."""

    headcount: int
    dealer_id: uuid.UUID | None


def require_price(*, quote: QuoteState, quoted: Quoted, present: Quoted) -> None:
    """Raise QuoteStale, QuotePending or NoPrice unless the quote is for the class as it now is (K12)."""
    if quoted.headcount != present.headcount:
        raise QuoteStale(f"报价按 {quoted.headcount} 人计算，现在预计培训 {present.headcount} 人。")
    if quote is QuoteState.PENDING:
        raise QuotePending(retry_after=2)
    if quote is QuoteState.UNPRICED:
        raise NoPrice
    if quoted.dealer_id != present.dealer_id:
        raise QuoteStale("报价来自原来的经销商，培训单位现在属于另一经销商。")
