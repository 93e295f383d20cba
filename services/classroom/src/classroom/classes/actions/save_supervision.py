"""Step 3 of the wizard (K4), in draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import assign, write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.queries.reach import get_class
from classroom.classes.rules.states import DRAFT, require_state
from classroom.classes.rules.supervision import StudyWindow, require_supervision


def save_supervision(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    version: int,
    settings: Mapping[str, Any],
    now: datetime,
) -> TrainingClass:
    """Save what is watched. Raises WrongClassState, ChangedMeanwhile, WrongSupervision (K4)."""
    training_class = get_class(session, actor=actor, class_id=class_id, lock=True)
    require_state(state=training_class.class_state, allowed=DRAFT, doing="修改监管设置")
    check_version(training_class, version)
    windows = [StudyWindow(**each) for each in settings["study_windows"]]
    require_supervision(real_name=settings["real_name"], check_in=settings["check_in"], windows=windows)
    wanted = {
        "real_name": settings["real_name"],
        "check_in": settings["check_in"].value,
        "daily_video_hours": settings["daily_video_hours"],
        "study_windows": [{"from": each.begins, "to": each.ends} for each in windows],
    }
    changes = assign(training_class, {"supervision": wanted})
    if changes:
        training_class.policy_version += 1
    training_class.supervision_saved_at = now
    training_class.updated_at = now
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="save_supervision",
        summary="保存监管设置",
        changes=changes,
        now=now,
    )
    return training_class
