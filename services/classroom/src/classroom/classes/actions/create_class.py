"""Step 1 of the wizard for a new class (K1, K2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.errors import Unavailable
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.assign_staff import assign_staff
from classroom.classes.actions.audit import write_audit
from classroom.classes.actions.basics import basic_values, require_category
from classroom.classes.models import KnownProvider, TrainingClass
from classroom.classes.rules.basic import require_days
from classroom.classes.rules.class_types import CLASS_TYPES, ClassType, require_offered
from classroom.classes.rules.states import ClassState


class ProviderNotKnownYet(Unavailable):
    """A provider that was made a moment ago: its announcement is still on the way."""

    code = "classroom.provider.not_known_yet"
    title = "培训单位的资料正在同步"
    next_step = "请稍候几秒再试。"


def create_class(
    session: Session, *, actor: Actor, class_type: ClassType, basics: Mapping[str, Any], now: datetime
) -> TrainingClass:
    """A draft with its basic settings. Raises ClassTypeNotOffered, WrongDays, CategoryUnknown, StaffUnknown."""
    provider = session.get(KnownProvider, actor.provider_id)
    if provider is None:
        raise ProviderNotKnownYet(retry_after=2)
    require_offered(class_type=class_type)
    require_days(class_type=class_type, start_day=basics["start_day"], end_day=basics["end_day"])
    require_category(session, category_id=basics["category_id"])
    training_class = TrainingClass(
        id=new_id(),
        provider_id=provider.provider_id,
        dealer_id=provider.dealer_id,
        type=class_type.value,
        state=ClassState.DRAFT.value,
        epoch=1,
        enrolled=0,
        supervision={"real_name": False, "check_in": "off", "daily_video_hours": None, "study_windows": []},
        created_at=now,
        updated_at=now,
        **basic_values(basics),
    )
    session.add(training_class)
    session.flush()
    assign_staff(
        session,
        training_class=training_class,
        teacher_id=basics["teacher_id"],
        assistant_ids=basics["assistant_ids"],
    )
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="create_class",
        summary=f"创建{CLASS_TYPES[class_type].label}“{training_class.name}”",
        now=now,
    )
    return training_class
