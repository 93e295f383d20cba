"""Signing: the newest active key signs, all recent ones are published."""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from chassis.config import Settings
from chassis.db import reading, transaction
from chassis.ids import new_id
from chassis.papers.keys import seal, signing_keys, unseal

HEAD_START = timedelta(seconds=90)
"""A new key is published this long before it signs, so that readers have it by then."""
KEPT = timedelta(days=2)
"""A superseded key stays published for longer than any paper lives."""
FRESH = 20.0
LOCK = 7_203_412  # any fixed number: two processes must not both make the first key


class Signer:
    """The signing side of one service. Keys live in its database and are read again every 20 s."""

    def __init__(self, service: str, engine: sa.Engine, settings: Settings) -> None:
        """`engine` is used for short transactions of its own, never inside the caller's."""
        self.service = service
        self._engine = engine
        self._secret = settings.secret("signing-keys")
        self._lock = threading.Lock()
        self._loaded_at = 0.0
        self._keys: list[tuple[datetime, str, ECKey]] = []

    def sign(self, claims: dict[str, Any], *, typ: str, lifetime: int, now: datetime) -> str:
        """A compact JWT with `iss`, `iat`, `nbf` and `exp` (`now` + `lifetime` seconds) added to `claims`."""
        kid, key = self._active(now)
        issued = int(now.timestamp())
        body = {"iss": self.service, "iat": issued, "nbf": issued, "exp": issued + lifetime, **claims}
        return jwt.encode({"alg": "ES256", "kid": kid, "typ": typ}, body, key, algorithms=["ES256"])

    def public_set(self) -> dict[str, Any]:
        """The JSON Web Key Set to publish."""
        return {
            "keys": [
                key.as_dict(private=False, kid=kid, use="sig", alg="ES256") for _, kid, key in self._read()
            ]
        }

    def ensure_key(self, now: datetime) -> None:
        """Make the first key where there is none; called at start, before requests."""
        if not self._read():
            self._make(now, active_from=now, first=True)

    def rotate(self, now: datetime) -> str:
        """Make a new key that begins to sign in 90 s, drop those long superseded, and return the new kid."""
        kid = self._make(now, active_from=now + HEAD_START if self._read() else now)
        with Session(self._engine) as session, transaction(session):
            newest = session.scalar(
                sa.select(sa.func.max(signing_keys.c.active_from)).where(
                    signing_keys.c.active_from < now - KEPT
                )
            )
            if newest is not None:
                session.execute(sa.delete(signing_keys).where(signing_keys.c.active_from < newest))
        self._loaded_at = 0.0
        return kid

    def _make(self, now: datetime, *, active_from: datetime, first: bool = False) -> str:
        """`first` makes none where another process has just made one: what it publishes would lack ours."""
        kid = str(new_id())
        key = ECKey.generate_key("P-256")
        row = {
            "kid": kid,
            "sealed_private": seal(
                json.dumps(key.as_dict(private=True)).encode(), secret=self._secret, about=kid
            ),
            "public": key.as_dict(private=False),
            "active_from": active_from,
            "created_at": now,
        }
        with Session(self._engine) as session, transaction(session):
            if self._engine.dialect.name == "postgresql":  # SQLite's transaction is alone already
                session.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
            if not first or session.scalar(sa.select(signing_keys.c.kid).limit(1)) is None:
                session.execute(sa.insert(signing_keys).values(row))
        self._loaded_at = 0.0
        return kid

    def _active(self, now: datetime) -> tuple[str, ECKey]:
        keys = self._read()
        if not keys:
            self.ensure_key(now)
            keys = self._read()
        usable = [(kid, key) for since, kid, key in keys if since <= now] or [(keys[0][1], keys[0][2])]
        return usable[-1]

    def _read(self) -> list[tuple[datetime, str, ECKey]]:
        if time.monotonic() - self._loaded_at < FRESH and self._keys:
            return self._keys
        # Who has keys does not wait for the one who reads them again: it holds a database connection, and enough
        # of those waiting would leave none to read with.
        if not self._lock.acquire(blocking=not self._keys):
            return self._keys
        try:
            with reading(), Session(self._engine) as session:
                rows = session.execute(
                    sa.select(signing_keys).order_by(signing_keys.c.active_from, signing_keys.c.kid)
                ).all()
            self._keys = [(row.active_from, row.kid, self._open(row)) for row in rows]
            self._loaded_at = time.monotonic()
        finally:
            self._lock.release()
        return self._keys

    def _open(self, row: Any) -> ECKey:
        private = json.loads(unseal(row.sealed_private, secret=self._secret, about=row.kid))
        return ECKey.import_key(private)
