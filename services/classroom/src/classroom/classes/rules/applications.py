"""The life of an application for opening or graduation (K12, K13, K27, K28)."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from chassis.errors import Conflict


class Kind(enum.StrEnum):
    """What is applied for."""

    OPENING = "opening"
    GRADUATION = "graduation"


class ApplicationState(enum.StrEnum):
    """Where an application stands."""

    PREPARED = "prepared"
    """Opening: asked billing for a quote, not yet submitted."""
    COUNTING = "counting"
    """Graduation: all is closed, joined and finished are being counted."""
    BILLING = "billing"
    """Graduation: counted and frozen, billing has not answered yet."""
    FIRST_REVIEW = "first_review"
    SECOND_REVIEW = "second_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    """Opening: prepared again before it was submitted."""


class Stage(enum.StrEnum):
    """The two reviews."""

    FIRST = "first"
    SECOND = "second"


class Decision(enum.StrEnum):
    """What a reviewer says."""

    APPROVED = "approved"
    REJECTED = "rejected"


STATE_LABELS: Mapping[ApplicationState, str] = {
    ApplicationState.PREPARED: "待提交",
    ApplicationState.COUNTING: "正在统计结业人数",
    ApplicationState.BILLING: "正在计算结业费用",
    ApplicationState.FIRST_REVIEW: "一审中",
    ApplicationState.SECOND_REVIEW: "二审中",
    ApplicationState.APPROVED: "审核通过",
    ApplicationState.REJECTED: "审核不通过",
    ApplicationState.WITHDRAWN: "已撤回",
    ApplicationState.REPLACED: "已重新办理",
}

ENDED = frozenset(
    {
        ApplicationState.APPROVED,
        ApplicationState.REJECTED,
        ApplicationState.WITHDRAWN,
        ApplicationState.REPLACED,
    }
)
PENDING = frozenset(ApplicationState) - ENDED
"""A class has at most one pending application."""

UNDER_REVIEW: Mapping[ApplicationState, Stage] = {
    ApplicationState.FIRST_REVIEW: Stage.FIRST,
    ApplicationState.SECOND_REVIEW: Stage.SECOND,
}

WITHDRAWABLE = frozenset({ApplicationState.COUNTING, ApplicationState.BILLING, ApplicationState.FIRST_REVIEW})
"""Before the first decision (K5)."""


class WrongApplicationState(Conflict):
    """Not possible any more, or not yet."""

    code = "classroom.application.wrong_state"
    title = "申请当前的状态不能这样操作"
    next_step = "请刷新页面，查看申请的最新进度。"


class WithdrawnTooLate(Conflict):
    """A reviewer has already decided."""

    code = "classroom.application.withdrawn_too_late"
    title = "审核已经开始，不能撤回"
    next_step = "请等待审核结果，或联系审核人员驳回申请。"


def require_application_state(
    *, state: ApplicationState, allowed: frozenset[ApplicationState], doing: str
) -> None:
    """Raise WrongApplicationState unless in one of the `allowed` states. `doing` is Chinese: "提交"."""
    if state not in allowed:
        raise WrongApplicationState(f"申请{STATE_LABELS[state]}，不能{doing}。", state=state.value)


def require_withdrawable(*, state: ApplicationState) -> None:
    """Raise WithdrawnTooLate after the first decision, WrongApplicationState when not under way (K5)."""
    if state is ApplicationState.SECOND_REVIEW:
        raise WithdrawnTooLate
    require_application_state(state=state, allowed=WITHDRAWABLE, doing="撤回")


def after_decision(*, stage: Stage, decision: Decision) -> ApplicationState:
    """Where an application goes when a review is decided (K13)."""
    if decision is Decision.REJECTED:
        return ApplicationState.REJECTED
    return ApplicationState.SECOND_REVIEW if stage is Stage.FIRST else ApplicationState.APPROVED
