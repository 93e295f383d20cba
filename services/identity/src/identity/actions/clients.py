"""Programs of dealers: made, revoked, and let in by their credentials."""

from __future__ import annotations

import hmac
import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import locked, table_of
from chassis.errors import Conflict, NotFound
from sqlalchemy.orm import Session

from identity.actions.fingerprints import fresh_token, token_hash
from identity.actions.revoking import revoke_tokens_of_programs
from identity.actions.sign_in import tries_of
from identity.actions.wrong_tries import check_not_locked, count_wrong_try
from identity.models import Dealer, DealerClient

MOST_CLIENTS = 20


class ClientUnknown(NotFound):
    """No such program of this dealer."""

    code = "identity.client.not_found"
    title = "程序凭证不存在"
    next_step = "请刷新列表后重试。"


class TooManyClients(Conflict):
    """More programs than a dealer needs: old ones should be revoked."""

    code = "identity.client.too_many"
    title = "程序凭证数量已达上限"
    next_step = "请先撤销不再使用的凭证。"


def create_client(session: Session, *, dealer: Dealer, name: str, now: datetime) -> tuple[DealerClient, str]:
    """A new program of the dealer, with its secret, which is shown this once. Raises TooManyClients."""
    locked(session, Dealer, dealer.id)
    good = sa.select(sa.func.count()).where(
        DealerClient.dealer_id == dealer.id, DealerClient.revoked_at.is_(None)
    )
    if (session.scalar(good) or 0) >= MOST_CLIENTS:
        raise TooManyClients
    secret = fresh_token()
    client = DealerClient(dealer_id=dealer.id, name=name, secret_hash=token_hash(secret), created_at=now)
    session.add(client)
    session.flush()
    return client, secret


def revoke_client(session: Session, *, dealer_id: uuid.UUID, client_id: uuid.UUID, now: datetime) -> None:
    """Let the program in no more; its last access token ends within seconds. Raises ClientUnknown."""
    client = locked(session, DealerClient, client_id)
    if client is None or client.dealer_id != dealer_id:
        raise ClientUnknown
    if client.revoked_at is None:
        client.revoked_at = now
        session.flush()
        revoke_tokens_of_programs(session, table_of(DealerClient).c.id == client.id, now=now)
        session.expire(client, ["access_epoch"])


def client_with(
    session: Session, *, client_id: str, secret: str, address: str, key: bytes, now: datetime
) -> DealerClient | None:
    """The program with these credentials; None when they do not fit (counted: to be answered, not raised)."""
    keys = tries_of(key, f"client/{client_id}", address)
    check_not_locked(session, keys, now=now)
    client = session.get(DealerClient, _uuid(client_id)) if _uuid(client_id) else None
    dealer = session.get(Dealer, client.dealer_id) if client else None
    fits = client is not None and hmac.compare_digest(client.secret_hash, token_hash(secret))
    if client is None or dealer is None or not fits or client.revoked_at is not None or not dealer.active:
        count_wrong_try(session, keys, now=now)
        return None
    return client


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
