"""Signed-in sessions: begun, refreshed, ended."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from chassis.db import table_of
from chassis.errors import Unauthenticated
from chassis.ids import new_id
from chassis.papers import Signer
from sqlalchemy.orm import Session

from identity.actions.access_token import access_token
from identity.actions.fingerprints import fresh_token, token_hash
from identity.models import Account, RefreshToken, SignIn
from identity.rules.sessions import (
    ACCESS_SECONDS,
    REFRESH_LIFETIME,
    SESSION_LIFETIME,
    EndReason,
    ShownToken,
    Verdict,
    judge_refresh,
)

# Built once: a whole class signs in at once.
_BEGIN, _KEEP = sa.insert(table_of(SignIn)), sa.insert(table_of(RefreshToken))


class RefreshRefused(Unauthenticated):
    """Unknown, used already, too old, or of a session that has ended."""

    code = "identity.session.refresh_refused"
    title = "登录已失效"
    next_step = "请重新登录。"


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a signed-in browser or program holds; `expires_in` is the access token's life in seconds."""

    account: Account
    access_token: str
    refresh_token: str
    expires_in: int = ACCESS_SECONDS


def begin(session: Session, account: Account, *, device: str, signer: Signer, now: datetime) -> Tokens:
    """Begin a session. Raises NoRoleLeft when all roles of the account are asleep."""
    sign_in_id, ends_at = new_id(), now + SESSION_LIFETIME
    begun = {
        "id": sign_in_id,
        "account_id": account.id,
        "began_at": now,
        "expires_at": ends_at,
        "device": device[:200],
    }
    session.execute(_BEGIN, begun)
    return _issue(session, account, sign_in_id=sign_in_id, ends_at=ends_at, signer=signer, now=now)


def refresh(session: Session, token: str, *, signer: Signer, now: datetime) -> Tokens | None:
    """New tokens for a good refresh token; None when it is refused.

    A token that was used a while ago ends its session in the caller's transaction, so None must be answered and not
    raised. The token's row is locked: of two who bring the same token at once the second has a used one, and gets
    tokens of its own within the grace, which the first use began.
    """
    found = session.scalar(sa.select(RefreshToken.id).where(RefreshToken.token_hash == token_hash(token)))
    if found is None:
        return None
    row = session.get_one(RefreshToken, found, with_for_update=True, populate_existing=True)
    sign_in = session.get_one(SignIn, row.sign_in_id, populate_existing=True)
    account = session.get_one(Account, sign_in.account_id, populate_existing=True)
    facts = ShownToken(
        used_at=row.used_at,
        expires_at=row.expires_at,
        session_ended=sign_in.ended_at is not None or not account.active,
        session_expires_at=sign_in.expires_at,
    )
    verdict = judge_refresh(facts, now=now)
    if verdict is Verdict.END_SESSION:
        _end([sign_in], EndReason.TOKEN_REUSED, now)
        session.flush()
    if verdict is not Verdict.ROTATE:
        return None
    row.used_at = row.used_at or now
    session.flush()
    return _issue(session, account, sign_in_id=sign_in.id, ends_at=sign_in.expires_at, signer=signer, now=now)


def sign_out(
    session: Session, *, sign_in_id: uuid.UUID | None, refresh_token: str | None, now: datetime
) -> None:
    """End the session that these belong to. Signing out twice, or without having signed in, changes nothing."""
    shown = sa.select(RefreshToken.sign_in_id).where(
        RefreshToken.token_hash == token_hash(refresh_token or "")
    )
    open_ones = sa.select(SignIn).where(
        sa.or_(SignIn.id == sign_in_id, SignIn.id.in_(shown)), SignIn.ended_at.is_(None)
    )
    _end(session.scalars(open_ones.with_for_update()), EndReason.SIGNED_OUT, now)
    session.flush()


def end_sessions(
    session: Session, account_id: uuid.UUID, reason: EndReason, *, but: uuid.UUID | None, now: datetime
) -> None:
    """End all sessions of an account, `but` the one it acts from."""
    open_ones = sa.select(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        open_ones = open_ones.where(SignIn.id != but)
    _end(session.scalars(open_ones.with_for_update()), reason, now)
    session.flush()


def _issue(
    session: Session,
    account: Account,
    *,
    sign_in_id: uuid.UUID,
    ends_at: datetime,
    signer: Signer,
    now: datetime,
) -> Tokens:
    token = fresh_token()
    kept = {
        "id": new_id(),
        "sign_in_id": sign_in_id,
        "token_hash": token_hash(token),
        "issued_at": now,
        "expires_at": now + min(REFRESH_LIFETIME, ends_at - now),
    }
    session.execute(_KEEP, kept)
    access = access_token(session, account, sign_in_id=sign_in_id, signer=signer, now=now)
    return Tokens(account=account, access_token=access, refresh_token=token)


def _end(sign_ins: Iterable[SignIn], reason: EndReason, now: datetime) -> None:
    for sign_in in sign_ins:
        sign_in.ended_at = now
        sign_in.end_reason = str(reason)
