"""Accounts: a provider_admin manages those of its own provider, a platform_admin all."""

from __future__ import annotations

import uuid
from contextlib import nullcontext
from typing import Any

from chassis import clock
from chassis.errors import NotFound
from chassis.web import (
    Blueprint,
    check_version,
    current_actor,
    edits_version,
    etag,
    if_match,
    page_of,
    paginate,
    refuses,
    runtime,
)

from identity.actions import accounts, passwords
from identity.api.requesting import manager
from identity.config import hashing
from identity.queries import visible
from identity.rules.roles import PLATFORM_ADMIN, PROVIDER_ROLES
from identity.schemas.accounts import (
    AccountChange,
    AccountFilters,
    AccountRow,
    AccountSchema,
    ActivityChange,
    NewAccount,
    PasswordSetting,
)

blp = Blueprint("accounts", "identity", description="Accounts and their roles")


@blp.route("/accounts", methods=["GET"])
@blp.arguments(AccountFilters, location="query")
@blp.response(200, page_of(AccountRow))
def list_accounts(filters: dict[str, Any]) -> Any:
    """Accounts, the newest first, with masked mobile numbers."""
    return paginate(runtime().session, visible.accounts(current_actor(), filters), filters)


@blp.route("/accounts", methods=["POST"])
@refuses(NotFound)
@blp.arguments(NewAccount)
@blp.response(201, AccountSchema)
def create_account(said: dict[str, Any]) -> Any:
    """Make an account with its roles; of two with one mobile number or login name the second gets 409."""
    # Without a password nothing is hashed, and nobody has to wait.
    with hashing().place() if said["password"] is not None else nullcontext():
        made = accounts.create_account(
            runtime().session,
            _wanted(said, dealer_id=None),
            password=said["password"],
            by=manager(),
            hashing=hashing(),
            now=clock.now(),
        )
    return made, 201, etag(made.version)


@blp.route("/accounts/<uuid:account_id>", methods=["GET"])
@blp.response(200, AccountSchema)
def get_account(account_id: uuid.UUID) -> Any:
    """One account, with its mobile number."""
    found = visible.account_of(runtime().session, current_actor(), account_id)
    return found, 200, etag(found.version)


@blp.route("/accounts/<uuid:account_id>", methods=["PUT"])
@edits_version
@blp.arguments(AccountChange)
@blp.response(200, AccountSchema)
def change_account(said: dict[str, Any], account_id: uuid.UUID) -> Any:
    """Change names and roles (If-Match). Staff's roles take effect within seconds, a learner's with the next token."""
    session = runtime().session
    found = visible.account_of(session, current_actor(), account_id, lock=True)
    check_version(found, if_match())
    wanted = _wanted(said, dealer_id=found.dealer_id)
    changed = accounts.change_account(session, found, wanted, by=manager(), now=clock.now())
    return changed, 200, etag(changed.version)


@blp.route("/accounts/<uuid:account_id>/activity", methods=["PUT"])
@edits_version
@blp.arguments(ActivityChange)
@blp.response(200, AccountSchema)
def switch_account(said: dict[str, Any], account_id: uuid.UUID) -> Any:
    """Switch an account on or off (If-Match); off ends all its sessions."""
    session = runtime().session
    found = visible.account_of(session, current_actor(), account_id, lock=True)
    check_version(found, if_match())
    switched = accounts.switch_account(session, found, active=said["active"], by=manager(), now=clock.now())
    return switched, 200, etag(switched.version)


@blp.route("/accounts/<uuid:account_id>/password", methods=["PUT"])
@blp.arguments(PasswordSetting)
@blp.response(204)
def set_account_password(said: dict[str, str], account_id: uuid.UUID) -> None:
    """Set an account's password; all its sessions end."""
    session = runtime().session
    with hashing().place():
        found = visible.account_of(session, current_actor(), account_id, lock=True)
        passwords.set_password(
            session, found, new=said["password"], by=manager(), hashing=hashing(), now=clock.now()
        )


def _wanted(said: dict[str, Any], *, dealer_id: uuid.UUID | None) -> accounts.Wanted:
    """What is wanted, within the caller's reach: a provider_admin's accounts stand in the own provider."""
    actor = current_actor()
    roles = frozenset(said["roles"])
    places = {"provider_id": said["provider_id"], "dealer_id": said["dealer_id"]}
    if not actor.has(PLATFORM_ADMIN):
        if said["provider_id"] not in (None, actor.provider_id):
            raise visible.ProviderUnknown
        own = actor.provider_id if roles.intersection(PROVIDER_ROLES) else None
        places = {"provider_id": own, "dealer_id": dealer_id}
    return accounts.Wanted(
        name=said["name"], login=said["login"] or None, mobile=said["mobile"] or None, roles=roles, **places
    )
