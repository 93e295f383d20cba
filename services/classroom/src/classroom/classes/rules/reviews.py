"""Who may decide which review (K13)."""

from __future__ import annotations

import uuid
from collections.abc import Set
from dataclasses import dataclass

from chassis.errors import Conflict, FieldError, Forbidden, Invalid

from classroom.classes.rules.applications import (
    STATE_LABELS,
    UNDER_REVIEW,
    ApplicationState,
    Decision,
    Stage,
    WrongApplicationState,
)

REVIEWER = {Stage.FIRST: "account_manager", Stage.SECOND: "platform_reviewer"}
"""First review by the dealer's account manager, second by the platform."""


class AlreadyDecided(Conflict):
    """Another reviewer was first."""

    code = "classroom.application.already_decided"
    title = "这一级审核已由他人完成"
    next_step = "请刷新页面，查看审核日志。"


class OwnApplication(Forbidden):
    """Nobody reviews what they prepared or submitted."""

    code = "classroom.application.own"
    title = "不能审核自己提交的申请"
    next_step = "请由其他审核人员审核。"


class BothStages(Forbidden):
    """Nobody decides both reviews of one application."""

    code = "classroom.application.both_stages"
    title = "一审和二审不能是同一人"
    next_step = "请由其他审核人员进行二审。"


class NotYourReview(Forbidden):
    """The review that is due belongs to another role."""

    code = "classroom.application.not_your_review"
    title = "当前的审核不由您的角色处理"
    next_step = "一审由经销商的商务专员处理，二审由平台审核人员处理。"


class ReasonMissing(Invalid):
    """A rejection needs a reason."""

    code = "classroom.application.reason_missing"
    title = "审核不通过需要填写原因"
    next_step = "请填写审核不通过的原因，方便培训单位修改。"


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """The person who decides, as facts. `reviews_dealer` is whether the class belongs to their dealer."""

    account_id: uuid.UUID
    roles: Set[str]
    reviews_dealer: bool

    def may(self, stage: Stage) -> bool:
        """Whether this stage is theirs."""
        if REVIEWER[stage] not in self.roles:
            return False
        return stage is Stage.SECOND or self.reviews_dealer


@dataclass(frozen=True, kw_only=True)
class ApplicationFacts:
    """What of an application matters to its review."""

    state: ApplicationState
    applicants: Set[uuid.UUID]
    """Who prepared and who submitted it."""
    first_reviewer: uuid.UUID | None


def require_reviewer(*, reviewer: Reviewer, application: ApplicationFacts, asked: Stage | None) -> Stage:
    """The stage that this reviewer now decides.

    `asked` is the stage that the page showed, if it said so: a page that is behind the times gets
    AlreadyDecided and never decides the next stage by mistake. Without it the stage is the one that is due.
    Raises WrongApplicationState, AlreadyDecided, NotYourReview, OwnApplication or BothStages.
    """
    due = UNDER_REVIEW.get(application.state)
    meant = asked or due or Stage.FIRST
    if asked is None and due is Stage.SECOND and not reviewer.may(Stage.SECOND):
        meant = Stage.FIRST
    if not reviewer.may(meant):
        raise NotYourReview
    if due is not meant:
        raise _not_due(application, meant)
    if reviewer.account_id in application.applicants:
        raise OwnApplication
    if meant is Stage.SECOND and reviewer.account_id == application.first_reviewer:
        raise BothStages
    return meant


def _not_due(application: ApplicationFacts, meant: Stage) -> Conflict:
    first_done = application.first_reviewer is not None
    ended = application.state in {ApplicationState.APPROVED, ApplicationState.REJECTED}
    if first_done and (meant is Stage.FIRST or ended):
        return AlreadyDecided()
    return WrongApplicationState(
        f"申请{STATE_LABELS[application.state]}，不能审核。", state=application.state.value
    )


def require_reason(*, decision: Decision, reason: str) -> None:
    """Raise ReasonMissing for a rejection without a reason."""
    if decision is Decision.REJECTED and not reason:
        raise ReasonMissing(
            fields=[FieldError(field="/reason", code="required", message="请填写审核不通过的原因。")]
        )
