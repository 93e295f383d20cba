"""The access token: what every other service knows of who is asking."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.errors import Forbidden
from chassis.papers import Signer
from sqlalchemy.orm import Session

from identity.models import Account, Dealer, DealerClient, Provider
from identity.rules.roles import DEALER_PROGRAM, effective_roles, is_staff, roles_of_session
from identity.rules.sessions import ACCESS_SECONDS


class NoRoleLeft(Forbidden):
    """All roles of the account belong to a provider or dealer that is switched off."""

    code = "identity.account.no_role_left"
    title = "所属单位已停用"
    next_step = "请联系平台管理员。"


def access_token(
    session: Session, account: Account, *, sign_in_id: uuid.UUID, by_code: bool, signer: Signer, now: datetime
) -> str:
    """A token of 300 s with the roles that are in force; in a session opened `by_code` the learner's alone.

    One with any other role carries the account's epoch, by which it can be ended within seconds. Raises NoRoleLeft.
    """
    # Read before the roles: a change that comes between the two ends this token.
    epoch = account.access_epoch
    provider = session.get(Provider, account.provider_id) if account.provider_id else None
    dealer = session.get(Dealer, account.dealer_id) if account.dealer_id else None
    roles = effective_roles(
        roles=roles_of_session(account.roles, by_code=by_code),
        provider_active=provider is None or provider.active,
        dealer_active=dealer is None or dealer.active,
    )
    if not roles:
        raise NoRoleLeft
    claims = {
        "sub": str(account.id),
        "name": account.name,
        "roles": list(roles),
        "provider": str(account.provider_id) if account.provider_id and not by_code else None,
        "dealer": str(account.dealer_id) if account.dealer_id and not by_code else None,
        "sid": str(sign_in_id),
        "epoch": epoch if is_staff(roles) else None,
    }
    return signer.sign(claims, typ="access", lifetime=ACCESS_SECONDS, now=now)


def client_access_token(client: DealerClient, *, signer: Signer, now: datetime) -> str:
    """A token of 300 s for a dealer's program: it may read what the dealer may know (B15), and decide nothing."""
    claims = {
        "sub": str(client.id),
        "name": client.name,
        "roles": [DEALER_PROGRAM],
        "provider": None,
        "dealer": str(client.dealer_id),
        "sid": None,
        "epoch": client.access_epoch,
    }
    return signer.sign(claims, typ="access", lifetime=ACCESS_SECONDS, now=now)
