"""Supervision: what classes ask of their learners, check-ins, real names, study passes."""

from bus import Consumer, access_consumer, project
from chassis.config import Settings
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from supervision.api.permissions import PERMISSIONS
from supervision.check_in.api import check_ins
from supervision.duties.api import passes
from supervision.jobs.sweep_files import SWEEP_FILES
from supervision.models import db
from supervision.photos.api import photos
from supervision.photos.jobs.drop_unused import DROP_UNUSED
from supervision.reactions.class_changed import (
    clear_classes,
    clear_enrolments,
    keep_classes,
    keep_enrolments,
)
from supervision.real_name.api import real_names

SERVICE = Service(
    name="supervision",
    title="Kaike 监管",
    db=db,
    blueprints=(real_names.blp, check_ins.blp, passes.blp, photos.blp),
    permissions=PERMISSIONS,
    consumers=(
        access_consumer("supervision"),
        Consumer(
            "supervision.projections",
            {
                "classroom.class.changed.v1": project(keep_classes, clear=clear_classes),
                "classroom.enrolment.changed.v1": project(keep_enrolments, clear=clear_enrolments),
            },
        ),
    ),
    periodic=(DROP_UNUSED, SWEEP_FILES),
    issues_papers=True,
    trusts=("identity", "classroom"),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application."""
    return build_app(SERVICE, settings)
