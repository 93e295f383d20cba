"""Dealers and their programs."""

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

from identity.actions import clients, organisations
from identity.queries import visible
from identity.queries.clients import clients_of
from identity.schemas.organisations import (
    ClientsSchema,
    ClientWithSecret,
    DealerChange,
    DealerEdit,
    DealerFilters,
    DealerSchema,
    NewClient,
)

blp = Blueprint("dealers", "identity", description="Dealers and their programs")


@blp.route("/dealers", methods=["GET"])
@blp.arguments(DealerFilters, location="query")
@blp.response(200, page_of(DealerSchema))
def list_dealers(filters: dict[str, Any]) -> Any:
    """The platform sees all, others the dealer that they work for or are served by."""
    return paginate(runtime().session, visible.dealers(current_actor(), filters), filters)


@blp.route("/dealers", methods=["POST"])
@blp.arguments(DealerChange)
@blp.response(201, DealerSchema)
def create_dealer(said: dict[str, Any]) -> Any:
    """Register a dealer with its receiving account and business contact (B7)."""
    made = organisations.create_dealer(runtime().session, said, now=clock.now())
    return made, 201, etag(made.version)


@blp.route("/dealers/<uuid:dealer_id>", methods=["GET"])
@blp.response(200, DealerSchema)
def get_dealer(dealer_id: uuid.UUID) -> Any:
    """One dealer."""
    found = visible.dealer_of(runtime().session, current_actor(), dealer_id)
    return found, 200, etag(found.version)


@blp.route("/dealers/<uuid:dealer_id>", methods=["PUT"])
@edits_version
@blp.arguments(DealerEdit)
@blp.response(200, DealerSchema)
def change_dealer(said: dict[str, Any], dealer_id: uuid.UUID) -> Any:
    """Change a dealer (If-Match). Switched off, its staff's roles sleep and its programs are out, within seconds."""
    found = visible.dealer_of(runtime().session, current_actor(), dealer_id, lock=True)
    check_version(found, if_match())
    changed = organisations.change_dealer(runtime().session, found, said, now=clock.now())
    return changed, 200, etag(changed.version)


@blp.route("/dealers/<uuid:dealer_id>/clients", methods=["GET"])
@blp.response(200, ClientsSchema)
def list_clients(dealer_id: uuid.UUID) -> Any:
    """The dealer's programs, without their secrets."""
    dealer = visible.dealer_of(runtime().session, current_actor(), dealer_id)
    return {"items": clients_of(runtime().session, dealer.id)}


@blp.route("/dealers/<uuid:dealer_id>/clients", methods=["POST"])
@blp.arguments(NewClient)
@blp.response(201, ClientWithSecret)
def create_client(said: dict[str, str], dealer_id: uuid.UUID) -> Any:
    """Make credentials for a program of the dealer (B15). The secret is shown this once."""
    dealer = visible.dealer_of(runtime().session, current_actor(), dealer_id)
    made, secret = clients.create_client(runtime().session, dealer=dealer, name=said["name"], now=clock.now())
    return {
        "id": made.id,
        "name": made.name,
        "created_at": made.created_at,
        "revoked_at": None,
        "client_secret": secret,
    }


@blp.route("/dealers/<uuid:dealer_id>/clients/<uuid:client_id>", methods=["DELETE"])
@blp.response(204)
def revoke_client(dealer_id: uuid.UUID, client_id: uuid.UUID) -> None:
    """Let the program in no more."""
    dealer = visible.dealer_of(runtime().session, current_actor(), dealer_id)
    clients.revoke_client(runtime().session, dealer_id=dealer.id, client_id=client_id, now=clock.now())
