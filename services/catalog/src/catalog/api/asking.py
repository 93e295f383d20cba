"""Who is asking, and with what this process answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.web import Actor, current_actor, runtime
from files import Store, store_from_settings

from catalog.models import Medium
from catalog.rules.ownership import Scope

MAKERS = ("platform_admin", "provider_admin", "registrar")
"""Who makes courses and packages (docs/rules.md, Roles)."""

VIEWERS = (
    *MAKERS,
    "class_teacher",
    "assistant",
    "business_manager",
    "account_manager",
    "platform_reviewer",
)
"""Who looks at them."""

LINK_LIFETIME = timedelta(hours=2)
"""Of links for staff."""
LEARNERS_LINK_LIFETIME = timedelta(minutes=10)
"""Of links for learners, never beyond their ticket: when the class closes a running link ends within minutes (K27)."""


def scope_of(actor: Actor) -> Scope:
    """Whose things this account may change and see."""
    return Scope(provider_id=actor.provider_id, official=actor.has("platform_admin"))


def asking() -> Scope:
    """The scope of the account that is asking."""
    return scope_of(current_actor())


def store() -> Store:
    """This process's file store."""
    found: Store = runtime().extra("files", store_from_settings)
    return found


def link_to(
    medium: Medium, *, account_id: uuid.UUID, now: datetime, lifetime: timedelta = LINK_LIFETIME
) -> str:
    """C10: an address of the medium for this account, good for `lifetime`: of ours a signed one that
    edge-media reads, of a linked one the address that it has."""
    if medium.url is not None:
        return medium.url
    signer = runtime().signer
    assert signer is not None, "catalog issues papers"
    claims = {
        "media_id": str(medium.id),
        "key": medium.key,
        "content_type": medium.content_type,
        "sub": str(account_id),
    }
    seconds = int(lifetime.total_seconds())
    return f"/media/{signer.sign(claims, typ='media', lifetime=seconds, now=now)}"


def linker(
    media_ids: Collection[uuid.UUID], *, account_id: uuid.UUID, now: datetime
) -> Callable[[uuid.UUID], str | None]:
    """Addresses by media id for what a page shows around its subject (covers, pictures of an introduction).
    What is not ready has none."""
    wanted = sa.select(Medium).where(Medium.id.in_(media_ids), Medium.state == "ready")
    ready = {medium.id: medium for medium in runtime().session.scalars(wanted)} if media_ids else {}

    def link(media_id: uuid.UUID) -> str | None:
        medium = ready.get(media_id)
        return link_to(medium, account_id=account_id, now=now) if medium is not None else None

    return link
