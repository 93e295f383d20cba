"""One step in a class's life (K5): every change of state goes through here."""

from __future__ import annotations

from datetime import datetime

from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.rules.states import REOPENING, STATE_LABELS, Step, after

SUMMARIES = {
    Step.SUBMIT_OPENING: "提交开班审核",
    Step.REFUSE_OPENING: "开班审核不通过",
    Step.WITHDRAW_OPENING: "撤回开班申请",
    Step.OPEN: "开班审核通过，班级开班",
    Step.APPLY_GRADUATION: "提交结业审核，班级学习和考试关闭",
    Step.REFUSE_GRADUATION: "结业审核不通过，班级学习和考试重新开放",
    Step.WITHDRAW_GRADUATION: "撤回结业申请，班级学习和考试重新开放",
    Step.GRADUATE: "结业审核通过，班级结业",
}


def move_class(
    session: Session, *, training_class: TrainingClass, step: Step, actor: Actor, now: datetime
) -> None:
    """Take the step, raise the epoch when what was closed opens again (K27), and log it.

    The class must be locked. Raises WrongClassState when the step is not possible now.
    """
    before = training_class.class_state
    state = after(state=before, step=step)
    training_class.state = state.value
    training_class.updated_at = now
    if step in REOPENING:
        training_class.epoch += 1
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action=step.value,
        summary=SUMMARIES[step],
        changes={"state": [STATE_LABELS[before], STATE_LABELS[state]]},
        now=now,
    )
