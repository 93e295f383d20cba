"""Signed-in sessions: begun, refreshed, ended."""

from __future__ import annotations

import hmac
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
from identity.actions.fingerprints import fingerprint, fresh_token, token_hash
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
    by_code: bool
    access_token: str
    refresh_token: str
    device_secret: str | None
    expires_in: int = ACCESS_SECONDS


def begin(
    session: Session,
    account: Account,
    *,
    by_code: bool,
    device: str,
    bound: bool,
    signer: Signer,
    now: datetime,
) -> Tokens:
    """Begin a session of a browser, `bound` to it by a secret of its own, or of a program.

    `device` is what it calls itself; `by_code` says that an SMS code was the proof and no password. Raises NoRoleLeft
    when all roles of the account are asleep.
    """
    device_secret = fresh_token() if bound else None
    sign_in_id, ends_at = new_id(), now + SESSION_LIFETIME
    begun = {
        "id": sign_in_id,
        "account_id": account.id,
        "began_at": now,
        "expires_at": ends_at,
        "by_code": by_code,
        "device": device[:200],
        "device_hash": token_hash(device_secret) if device_secret else None,
    }
    session.execute(_BEGIN, begun)
    token = fresh_token()
    _keep(session, token, sign_in_id=sign_in_id, ends_at=ends_at, previous_id=None, now=now)
    access = access_token(session, account, sign_in_id=sign_in_id, by_code=by_code, signer=signer, now=now)
    return Tokens(
        account=account,
        by_code=by_code,
        access_token=access,
        refresh_token=token,
        device_secret=device_secret,
    )


def refresh(
    session: Session, token: str, *, device_secret: str | None, key: bytes, signer: Signer, now: datetime
) -> Tokens | None:
    """New tokens for a good refresh token; None when it is refused.

    A token that shows that it was copied ends its session in the caller's transaction, so None must be answered and not
    raised. The token's row is locked: of two who bring the same token at once the second is told the first's successor.
    """
    found = session.scalar(sa.select(RefreshToken.id).where(RefreshToken.token_hash == token_hash(token)))
    if found is None:
        return None
    row = session.get_one(RefreshToken, found, with_for_update=True, populate_existing=True)
    sign_in = session.get_one(SignIn, row.sign_in_id, populate_existing=True)
    account = session.get_one(Account, sign_in.account_id, populate_existing=True)
    successor = _successor_of(session, row)
    facts = ShownToken(
        used_at=row.used_at,
        successor_used=successor is not None and successor.used_at is not None,
        expires_at=row.expires_at,
        session_ended=sign_in.ended_at is not None or not account.active,
        session_expires_at=sign_in.expires_at,
        own_device=_is_own_device(sign_in, device_secret),
    )
    verdict = judge_refresh(facts, now=now)
    if verdict is Verdict.END_SESSION:
        _end([sign_in], EndReason.TOKEN_REUSED, now)
        session.flush()
    # Derived from the token itself, so that it can be told again to whoever holds that, and is kept nowhere.
    following = fingerprint(key, "successor", token)
    if verdict is Verdict.ROTATE:
        row.used_at = now
        session.flush()
        ends_at = sign_in.expires_at
        _keep(session, following, sign_in_id=sign_in.id, ends_at=ends_at, previous_id=row.id, now=now)
    elif verdict is not Verdict.REPEAT or successor is None or successor.token_hash != token_hash(following):
        return None
    by_code = sign_in.by_code
    access = access_token(session, account, sign_in_id=sign_in.id, by_code=by_code, signer=signer, now=now)
    return Tokens(
        account=account,
        by_code=by_code,
        access_token=access,
        refresh_token=following,
        device_secret=device_secret,
    )


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


def owner_of(session: Session, *, refresh_token: str | None) -> uuid.UUID | None:
    """The account whose session this refresh token continues; None for no token or an unknown one."""
    owner = sa.select(SignIn.account_id).join(RefreshToken, RefreshToken.sign_in_id == SignIn.id)
    return session.scalar(owner.where(RefreshToken.token_hash == token_hash(refresh_token or "")))


def end_sessions(
    session: Session, account_id: uuid.UUID, reason: EndReason, *, but: uuid.UUID | None, now: datetime
) -> None:
    """End all sessions of an account, `but` the one it acts from."""
    open_ones = sa.select(SignIn).where(SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    if but is not None:
        open_ones = open_ones.where(SignIn.id != but)
    _end(session.scalars(open_ones.with_for_update()), reason, now)
    session.flush()


def _keep(
    session: Session,
    token: str,
    *,
    sign_in_id: uuid.UUID,
    ends_at: datetime,
    previous_id: uuid.UUID | None,
    now: datetime,
) -> None:
    kept = {
        "id": new_id(),
        "sign_in_id": sign_in_id,
        "previous_id": previous_id,
        "token_hash": token_hash(token),
        "issued_at": now,
        "expires_at": now + min(REFRESH_LIFETIME, ends_at - now),
    }
    session.execute(_KEEP, kept)


def _successor_of(session: Session, row: RefreshToken) -> RefreshToken | None:
    if row.used_at is None:
        return None
    return session.scalar(sa.select(RefreshToken).where(RefreshToken.previous_id == row.id))


def _is_own_device(sign_in: SignIn, secret: str | None) -> bool:
    return sign_in.device_hash is None or hmac.compare_digest(sign_in.device_hash, token_hash(secret or ""))


def _end(sign_ins: Iterable[SignIn], reason: EndReason, now: datetime) -> None:
    for sign_in in sign_ins:
        sign_in.ended_at = now
        sign_in.end_reason = str(reason)
