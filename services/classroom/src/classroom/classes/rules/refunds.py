"""How much of the bill an applicant may ask back and a reviewer may grant (K28)."""

from __future__ import annotations

from chassis.errors import FieldError, Invalid


class RefundTooHigh(Invalid):
    """More than there is to give back."""

    code = "classroom.graduation.refund_too_high"
    title = "退费金额过高"
    next_step = "请填写不超过上限的退费金额。"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def require_refund(*, refund_fen: int, limit_fen: int) -> None:
    """Raise RefundTooHigh above the limit: the bill when asking, what was asked when granting (K28)."""
    if refund_fen > limit_fen:
        text = f"退费金额最多 {_yuan(limit_fen)} 元。"
        raise RefundTooHigh(
            fields=[FieldError(field="/refund", code="too_high", message=text, value=_yuan(refund_fen))]
        )
