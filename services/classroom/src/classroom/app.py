"""Classroom: classes, rosters, reviews, joining and study."""

from __future__ import annotations

from bus import Consumer, access_consumer
from chassis.config import Settings
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from classroom.api.permissions import PERMISSIONS
from classroom.classes.api import BLUEPRINTS as CLASSES
from classroom.classes.queries.present import present_classes, present_enrolments
from classroom.classes.reactions.consumers import CONSUMERS
from classroom.joining.api import BLUEPRINTS as JOINING
from classroom.joining.jobs import PERIODIC as JOIN_TRIES
from classroom.models import tables  # noqa: F401 - every table belongs to the schema
from classroom.models.base import db
from classroom.roster.api import BLUEPRINTS as ROSTER
from classroom.roster.jobs.clean_up import CLEAN_UP
from classroom.roster.jobs.sweep_files import SWEEP_FILES
from classroom.study.api import BLUEPRINTS as STUDY
from classroom.study.reactions import HANDLERS

LEARNING = Consumer("classroom.learning", HANDLERS)

SERVICE = Service(
    name="classroom",
    title="Kaike classroom",
    db=db,
    blueprints=(*CLASSES, *ROSTER, *JOINING, *STUDY),
    permissions=PERMISSIONS,
    consumers=(*CONSUMERS, LEARNING, access_consumer("classroom")),
    announces={
        "classroom.class.changed.v1": present_classes,
        "classroom.enrolment.changed.v1": present_enrolments,
    },
    periodic=(CLEAN_UP, SWEEP_FILES, *JOIN_TRIES),
    issues_papers=True,
    trusts=("identity", "supervision"),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of this service."""
    return build_app(SERVICE, settings)
