"""Training providers."""

from __future__ import annotations

import uuid
from typing import Any

from chassis import clock
from chassis.web import (
    Blueprint,
    check_version,
    current_actor,
    edits_version,
    etag,
    if_match,
    page_of,
    paginate,
    runtime,
)

from identity.actions import organisations
from identity.queries import visible
from identity.schemas.organisations import ProviderChange, ProviderEdit, ProviderFilters, ProviderSchema

blp = Blueprint("providers", "identity", description="Training providers")


@blp.route("/providers", methods=["GET"])
@blp.arguments(ProviderFilters, location="query")
@blp.response(200, page_of(ProviderSchema))
def list_providers(filters: dict[str, Any]) -> Any:
    """The platform sees all, an account manager those of its dealer, a provider's staff their own."""
    return paginate(runtime().session, visible.providers(current_actor(), filters), filters)


@blp.route("/providers", methods=["POST"])
@blp.arguments(ProviderChange)
@blp.response(201, ProviderSchema)
def create_provider(said: dict[str, Any]) -> Any:
    """Register a provider; its six-digit code is the next one and stays for good."""
    made = organisations.create_provider(runtime().session, said, now=clock.now())
    return made, 201, etag(made.version)


@blp.route("/providers/<uuid:provider_id>", methods=["GET"])
@blp.response(200, ProviderSchema)
def get_provider(provider_id: uuid.UUID) -> Any:
    """One provider."""
    found = visible.provider_of(runtime().session, current_actor(), provider_id)
    return found, 200, etag(found.version)


@blp.route("/providers/<uuid:provider_id>", methods=["PUT"])
@edits_version
@blp.arguments(ProviderEdit)
@blp.response(200, ProviderSchema)
def change_provider(said: dict[str, Any], provider_id: uuid.UUID) -> Any:
    """Change a provider (If-Match). Switched off, its staff's roles sleep from their next access token on."""
    found = visible.provider_of(runtime().session, current_actor(), provider_id, lock=True)
    check_version(found, if_match())
    changed = organisations.change_provider(runtime().session, found, said, now=clock.now())
    return changed, 200, etag(changed.version)
