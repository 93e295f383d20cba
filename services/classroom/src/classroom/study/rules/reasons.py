"""Why a report was not credited in full, and what the learner is told (X12)."""

from __future__ import annotations

REASONS = {
    "closed": "班级已提交结业，学习已关闭，不再计时。",
    "outside_days": "今天不在班级的学习日期内，不计学习时长。",
    "outside_window": "现在不在允许学习的时间段内，暂不计时。",
    "limit_reached": "今天的视频学习时长已达到上限，请明天继续。",
    "not_open_yet": "请先学完上一课时，本课时尚未开放。",
    "not_opened": "本文档尚未打开，请打开文档后再阅读。",
    "pass_ended": "学习许可已到期，请按页面提示完成签到、拍照等要求后继续。",
    "pass_invalid": "学习许可无效，请刷新页面后继续学习。",
    "budget": "上报的时长超过了实际经过的时间，超出部分稍后会继续计入。",
    "already_counted": "这一段已经学过，不重复计时。",
}
"""Reason → Chinese. A superseded session has no reason of its own: the whole request is refused (X7)."""


def text_of(reason: str | None) -> str | None:
    """The sentence for a reason; None for none."""
    return None if reason is None else REASONS[reason]
