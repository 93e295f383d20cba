"""Billing: price agreements, orders, settlements, the ledger, and the dealers' feed."""

from __future__ import annotations

from bus import access_consumer
from chassis.config import Settings
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from billing.api import agreements, feed, ledger, orders, settlements, vouchers
from billing.api.permissions import PERMISSIONS
from billing.jobs.sweep_files import SWEEP_FILES
from billing.models import db
from billing.reactions.consumers import CONSUMERS

SERVICE = Service(
    name="billing",
    title="Kaike billing",
    db=db,
    blueprints=(agreements.blp, orders.blp, settlements.blp, vouchers.blp, ledger.blp, feed.blp),
    permissions=PERMISSIONS,
    consumers=(*CONSUMERS, access_consumer("billing")),
    periodic=(SWEEP_FILES,),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of this service."""
    return build_app(SERVICE, settings)
