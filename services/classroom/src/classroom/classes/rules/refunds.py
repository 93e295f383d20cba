"""How much of the bill an applicant may ask back and a reviewer may grant (K28)."""

from __future__ import annotations

from chassis.errors import FieldError, Invalid

from classroom.classes.rules.applications import Decision, Kind, Stage


class RefundTooHigh(Invalid):
    """More than there is to give back."""

    code = "classroom.graduation.refund_too_high"
    title = "退费金额过高"
    next_step = "请填写不超过上限的退费金额。"


class RefundNotDue(Invalid):
    """An amount where none is fixed: it must not look as if it had been."""

    code = "classroom.graduation.refund_not_due"
    title = "这里不能填写退费金额"
    next_step = "退费金额只在结业二审通过时核定；请去掉退费金额后再提交。"


def require_refund_due(*, refund_fen: int | None, kind: Kind, stage: Stage, decision: Decision) -> None:
    """Raise RefundNotDue for an amount anywhere but in the second approval of a graduation (K28)."""
    due = kind is Kind.GRADUATION and stage is Stage.SECOND and decision is Decision.APPROVED
    if refund_fen is not None and not due:
        text = "退费金额只在结业二审通过时核定。"
        raise RefundNotDue(fields=[FieldError(field="/refund", code="not_due", message=text)])


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def require_refund(*, refund_fen: int, limit_fen: int) -> None:
    """Raise RefundTooHigh above the limit: the bill when asking, what was asked when granting (K28)."""
    if refund_fen > limit_fen:
        text = f"退费金额最多 {_yuan(limit_fen)} 元。"
        raise RefundTooHigh(
            fields=[FieldError(field="/refund", code="too_high", message=text, value=_yuan(refund_fen))]
        )
