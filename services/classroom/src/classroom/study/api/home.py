"""首页 of the provider's console."""

from __future__ import annotations

from typing import Any

from chassis import clock
from chassis.web import Blueprint, runtime

from classroom.api.acting import acting
from classroom.study.queries.home import home_figures
from classroom.study.schemas.home import HomeSchema

blp = Blueprint("home", "classroom", description="首页")


@blp.get("/home")
@blp.response(200, HomeSchema)
def get_home() -> dict[str, Any]:
    """Classes within reach by state, learners studying now, study of the last 14 days; a teacher's own classes only."""
    return home_figures(runtime().session, actor=acting(), now=clock.now())
