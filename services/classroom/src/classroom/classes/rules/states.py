"""The life of a class (K5): what may happen in which state, and what comes of it. Nothing else is possible."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from chassis.errors import Conflict


class ClassState(enum.StrEnum):
    """Where a class stands."""

    DRAFT = "draft"
    OPENING_REVIEW = "opening_review"
    OPEN = "open"
    GRADUATION_REVIEW = "graduation_review"
    GRADUATED = "graduated"


class Step(enum.StrEnum):
    """What moves a class from one state to another."""

    SUBMIT_OPENING = "submit_opening"
    REFUSE_OPENING = "refuse_opening"
    WITHDRAW_OPENING = "withdraw_opening"
    OPEN = "open"
    APPLY_GRADUATION = "apply_graduation"
    REFUSE_GRADUATION = "refuse_graduation"
    WITHDRAW_GRADUATION = "withdraw_graduation"
    GRADUATE = "graduate"


STATE_LABELS = {
    ClassState.DRAFT: "未开班",
    ClassState.OPENING_REVIEW: "开班审核中",
    ClassState.OPEN: "已开班",
    ClassState.GRADUATION_REVIEW: "结业审核中",
    ClassState.GRADUATED: "已结业",
}

TRANSITIONS: Mapping[tuple[ClassState, Step], ClassState] = {
    (ClassState.DRAFT, Step.SUBMIT_OPENING): ClassState.OPENING_REVIEW,
    (ClassState.OPENING_REVIEW, Step.REFUSE_OPENING): ClassState.DRAFT,
    (ClassState.OPENING_REVIEW, Step.WITHDRAW_OPENING): ClassState.DRAFT,
    (ClassState.OPENING_REVIEW, Step.OPEN): ClassState.OPEN,
    (ClassState.OPEN, Step.APPLY_GRADUATION): ClassState.GRADUATION_REVIEW,
    (ClassState.GRADUATION_REVIEW, Step.REFUSE_GRADUATION): ClassState.OPEN,
    (ClassState.GRADUATION_REVIEW, Step.WITHDRAW_GRADUATION): ClassState.OPEN,
    (ClassState.GRADUATION_REVIEW, Step.GRADUATE): ClassState.GRADUATED,
}

REOPENING = frozenset({Step.REFUSE_GRADUATION, Step.WITHDRAW_GRADUATION})
"""After these, all that was closed for the graduation is open again, under a new epoch (K27)."""


class WrongClassState(Conflict):
    """Not possible in the state in which the class is."""

    code = "classroom.class.wrong_state"
    title = "班级当前的状态不能这样操作"
    next_step = "请刷新页面，查看班级的最新状态。"


class Audited(enum.StrEnum):
    """The list's 是否审核 (K5)."""

    NO = "no"
    IN_REVIEW = "in_review"
    YES = "yes"


def after(*, state: ClassState, step: Step) -> ClassState:
    """The state that follows. Raises WrongClassState when the step is not possible."""
    try:
        return TRANSITIONS[state, step]
    except KeyError:
        raise WrongClassState(f"班级{STATE_LABELS[state]}，不能这样操作。", state=state.value) from None


def require_state(*, state: ClassState, allowed: frozenset[ClassState], doing: str) -> None:
    """Raise WrongClassState unless the class is in one of the `allowed` states. `doing` is Chinese: "修改设置"."""
    if state not in allowed:
        raise WrongClassState(f"班级{STATE_LABELS[state]}，不能{doing}。", state=state.value)


def audited(*, state: ClassState) -> Audited:
    """Whether the opening was reviewed: no, in review, or yes (K5)."""
    if state is ClassState.DRAFT:
        return Audited.NO
    return Audited.IN_REVIEW if state is ClassState.OPENING_REVIEW else Audited.YES


DRAFT = frozenset({ClassState.DRAFT})
RUNNING = frozenset({ClassState.OPEN})
ROSTER_OPEN = frozenset({ClassState.DRAFT, ClassState.OPEN})
"""During a review settings and roster are locked; after graduation nothing changes (K5, K9)."""
