"""Identity: accounts, providers, dealers, roles, sign-in, tokens and their public keys."""

from __future__ import annotations

from chassis.config import Settings
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from identity import events
from identity.api import accounts, client_errors, dealers, me, providers, sessions
from identity.api.open_sessions import refuse_ended_sessions
from identity.api.permissions import PERMISSIONS
from identity.jobs.cleaning import PERIODIC
from identity.models import db
from identity.seed import seed

SERVICE = Service(
    name="identity",
    title="Kaike identity",
    db=db,
    blueprints=(sessions.blp, me.blp, accounts.blp, providers.blp, dealers.blp, client_errors.blp),
    permissions=PERMISSIONS,
    announces={
        events.PROVIDER_CHANGED: events.present_providers,
        events.DEALER_CHANGED: events.present_dealers,
        events.ACCOUNT_CHANGED: events.present_accounts,
    },
    periodic=PERIODIC,
    issues_papers=True,
    setup=refuse_ended_sessions,
    seed=seed,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application of this service."""
    return build_app(SERVICE, settings)
