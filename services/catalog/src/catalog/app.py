"""Catalog: categories, media, courses, course packages and their versions."""

from __future__ import annotations

from bus import access_consumer
from chassis.config import Settings
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from catalog import events
from catalog.actions.add_part import JUDGE
from catalog.api import categories, courses, media, packages, training_plans, uploads
from catalog.api.permissions import PERMISSIONS
from catalog.jobs.drop_stale_uploads import DROP_STALE_UPLOADS
from catalog.jobs.judge_upload import judge_upload
from catalog.jobs.sweep_files import SWEEP_FILES
from catalog.models import db
from catalog.queries import announced
from catalog.reactions.consumers import CONSUMERS
from catalog.seed import seed

SERVICE = Service(
    name="catalog",
    title="Kaike catalog",
    db=db,
    blueprints=(categories.blp, uploads.blp, media.blp, courses.blp, packages.blp, training_plans.blp),
    permissions=PERMISSIONS,
    consumers=(*CONSUMERS, access_consumer("catalog")),
    announces={
        events.CATEGORY_CHANGED: announced.categories,
        events.PACKAGE_PUBLISHED: announced.packages,
    },
    jobs={JUDGE: judge_upload},
    periodic=(DROP_STALE_UPLOADS, SWEEP_FILES),
    issues_papers=True,
    trusts=("identity", "classroom"),
    seed=seed,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of this service."""
    return build_app(SERVICE, settings)
