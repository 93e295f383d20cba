"""The training plan of a package (C3)."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, edits_version, etag, if_match, runtime

from catalog.actions.change_training_plan import UNWRITTEN
from catalog.actions.change_training_plan import change_training_plan as change
from catalog.api.asking import asking
from catalog.models import TrainingPlan
from catalog.queries.packages import training_plan
from catalog.schemas.training_plans import TrainingPlanIn, TrainingPlanOut

blp = Blueprint("training_plans", "catalog", description="Training plans")


@blp.route("/packages/<uuid:package_id>/training-plan", methods=["GET"])
@blp.response(200, TrainingPlanOut)
def get_training_plan(package_id: uuid.UUID) -> Any:
    """C3: the plan of an own package; empty at version 0 when nobody has written it yet."""
    return _shown(training_plan(runtime().session, package_id, scope=asking()))


@blp.route("/packages/<uuid:package_id>/training-plan", methods=["PUT"])
@edits_version
@blp.arguments(TrainingPlanIn)
@blp.response(200, TrainingPlanOut)
def change_training_plan(wanted: dict[str, Any], package_id: uuid.UUID) -> Any:
    """C3: replace the plan: teaching plan, course table, lecturer table."""
    expected = if_match()
    plan = change(
        runtime().session,
        package_id,
        scope=asking(),
        expected_version=expected,
        content=wanted,
        now=clock.now(),
    )
    return _shown(plan)


def _shown(plan: TrainingPlan | None) -> Any:
    empty: dict[str, Any] = TrainingPlanIn().load({"teaching_plan": {}})
    content = plan.content if plan else empty
    version = plan.version if plan else UNWRITTEN
    return {**content, "version": version}, 200, etag(version)
