"""C3: write the training plan (线上培训项目计划表) of a package."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.db import locked
from chassis.web.etags import ChangedMeanwhile
from sqlalchemy.orm import Session

from catalog.actions.change_package import own_package
from catalog.models import TrainingPlan
from catalog.rules.ownership import Scope

UNWRITTEN = 0
"""The version of a plan that nobody has written yet."""


def change_training_plan(
    session: Session,
    package_id: uuid.UUID,
    *,
    scope: Scope,
    expected_version: int,
    content: Mapping[str, Any],
    now: datetime,
) -> TrainingPlan:
    """Replace the plan. The package is locked, so that two first writers meet there.

    Raises PackageUnknown, ChangedMeanwhile.
    """
    own_package(session, package_id, scope=scope)
    plan = locked(session, TrainingPlan, package_id)
    if (plan.version if plan else UNWRITTEN) != expected_version:
        raise ChangedMeanwhile
    if plan is None:
        plan = TrainingPlan(package_id=package_id, created_at=now)
        session.add(plan)
    plan.content, plan.updated_at = dict(content), now
    session.flush()
    return plan
