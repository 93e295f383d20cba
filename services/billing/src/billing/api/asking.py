"""Who is asking, as actions and queries want to know it."""

from __future__ import annotations

from uuid import UUID

from chassis.errors import Forbidden
from chassis.web import Actor
from flask import g

from billing.actions.submit_settlement import Person
from billing.queries.viewers import Viewer
from billing.rules.sources import Source

PROVIDER_ROLES = ("business_manager", "provider_admin")
DEALER_ROLES = ("dealer_finance", "account_manager")
PLATFORM_ROLES = ("platform_admin", "platform_reviewer")
ALL_VIEWERS = (*PROVIDER_ROLES, *DEALER_ROLES, *PLATFORM_ROLES)


class NoOrganisation(Forbidden):
    """The role belongs to a provider or dealer, but the account has none."""

    code = "billing.account.no_organisation"
    title = "当前账号未关联单位"
    next_step = "请联系管理员为账号关联培训单位或经销商。"


def viewer_of(actor: Actor) -> Viewer:
    """What the account may see: its provider's things, its dealer's, the platform's, by the roles it holds."""
    return Viewer(
        provider_id=actor.provider_id if actor.has(*PROVIDER_ROLES) else None,
        dealer_id=actor.dealer_id if actor.has(*DEALER_ROLES) else None,
        platform=actor.has(*PLATFORM_ROLES),
    )


def person_of(actor: Actor) -> Person:
    """The account as a submitter or decider."""
    return Person(account_id=actor.account_id, name=actor.name)


def own_provider(actor: Actor) -> UUID:
    """The provider that the account acts for."""
    if actor.provider_id is None:
        raise NoOrganisation
    return actor.provider_id


def own_dealer(actor: Actor) -> UUID:
    """The dealer that the account acts for."""
    if actor.dealer_id is None:
        raise NoOrganisation
    return actor.dealer_id


def this_request() -> Source:
    """B16: what is made now was made by this request."""
    return Source.request(g.request_id)
