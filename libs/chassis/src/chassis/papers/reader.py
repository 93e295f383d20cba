"""Reading papers: by their signature alone, with the issuers' public keys kept in memory and on disk."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog
import urllib3
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact

from chassis.config import Settings
from chassis.papers.errors import BadPaper, ExpiredPaper, KeysUnavailable
from chassis.papers.signer import Signer

REMEMBERED = 20_000
REFRESH = 300.0
ASK_AGAIN = 3.0
LEEWAY = 1.0
"""Seconds that an issuer's clock may be ahead of ours: a paper is often shown in the moment it was signed. At its
end there is none: a pass of 120 s must never credit 121."""

_NO_KEYS = (ValueError, TypeError, KeyError, JoseError)  # what a text that is no key set raises
log = structlog.get_logger(__name__)
_http = urllib3.PoolManager(num_pools=8, timeout=urllib3.Timeout(connect=1.0, read=3.0), retries=False)


class Papers:
    """Reads the papers of the trusted issuers. A verified paper is remembered until it ends."""

    def __init__(self, settings: Settings, *, trusts: Sequence[str], own: Signer | None = None) -> None:
        """`trusts` are issuer names; their keys come from KAIKE_URL_<ISSUER>/api/v1/<issuer>/jwks."""
        self._settings = settings
        self._trusts = frozenset(trusts)
        self._own = own
        self._lock = threading.Lock()
        self._sets: dict[str, KeySet] = {}
        self._asked: dict[str, float] = {}
        self._asking = {issuer: threading.Lock() for issuer in trusts}
        self._known: OrderedDict[tuple[str, bytes], tuple[float, bytes]] = OrderedDict()
        """Issuer and digest → end and claims, as JSON: a fifth of what the paper and its claims take as they are."""

    def read(
        self, token: str, *, typ: str, issuer: str, now: datetime, expired_ok: bool = False
    ) -> dict[str, Any]:
        """The claims of a genuine paper of this kind and issuer.

        Raises BadPaper, ExpiredPaper (unless `expired_ok`: the caller looks at nbf and exp itself), or
        KeysUnavailable when the issuer's keys were never seen.
        """
        claims = self._genuine(token, typ, issuer, now)
        if not expired_ok and not claims["nbf"] - LEEWAY <= now.timestamp() < claims["exp"]:
            raise ExpiredPaper(typ)
        return claims

    def trust(self, issuer: str, key_set: dict[str, Any]) -> None:
        """Take an issuer's keys as given; what was remembered of it is forgotten."""
        with self._lock:
            self._sets[issuer] = KeySet.import_key_set(key_set)  # type: ignore[arg-type]
            self._asked[issuer] = time.monotonic()
            for key in [key for key in self._known if key[0] == issuer]:
                del self._known[key]

    def _genuine(self, token: str, typ: str, issuer: str, now: datetime) -> dict[str, Any]:
        place = (issuer, hashlib.sha256(f"{typ} {token}".encode(errors="surrogatepass")).digest())
        found = self._known.get(place)
        if found is not None:
            remembered: dict[str, Any] = json.loads(found[1])
            return remembered
        claims = self._verify(token, typ, issuer)
        with self._lock:
            self._known[place] = (claims["exp"], json.dumps(claims).encode())
            self._forget(now.timestamp())
        return claims

    def _forget(self, now: float) -> None:
        """Let go of the oldest: those that have ended, and as many as are too many."""
        while self._known:
            ends, _ = next(iter(self._known.values()))
            if ends > now and len(self._known) <= REMEMBERED:
                return
            self._known.popitem(last=False)

    def _verify(self, token: str, typ: str, issuer: str) -> dict[str, Any]:
        if issuer not in self._trusts and not (self._own and self._own.service == issuer):
            raise BadPaper("issuer")
        try:
            header = extract_compact(token.encode()).headers()
            kid = header["kid"]
            if header.get("typ") != typ or header.get("alg") != "ES256":
                raise BadPaper("typ")
            decoded = jwt.decode(token, self._keys(issuer, kid), algorithms=["ES256"])
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise BadPaper(type(error).__name__) from error
        claims = decoded.claims
        if claims.get("iss") != issuer or not all(
            isinstance(claims.get(n), int | float) for n in ("nbf", "exp")
        ):
            raise BadPaper("claims")
        return claims

    def _keys(self, issuer: str, kid: str) -> KeySet:
        if self._own is not None and issuer == self._own.service:
            return KeySet.import_key_set(self._own.public_set())  # type: ignore[arg-type]
        # Who knows the key goes on with it while somebody asks again; who does not waits for the answer.
        if self._due(issuer, kid) and self._asking[issuer].acquire(blocking=not self._holds(issuer, kid)):
            try:
                if self._due(issuer, kid) and not self._fetch(issuer) and issuer not in self._sets:
                    self._from_disk(issuer)
            finally:
                self._asking[issuer].release()
        if issuer not in self._sets:
            raise KeysUnavailable(retry_after=3)
        return self._sets[issuer]

    def _holds(self, issuer: str, kid: str) -> bool:
        found = self._sets.get(issuer)
        return found is not None and any(key.kid == kid for key in found.keys)

    def _due(self, issuer: str, kid: str) -> bool:
        """Whether the issuer is to be asked: for a key that is not known, but not at every forged one."""
        asked = time.monotonic() - self._asked.get(issuer, -1e9)
        return asked > (REFRESH if self._holds(issuer, kid) else ASK_AGAIN)

    def _fetch(self, issuer: str) -> bool:
        """Take the issuer's keys by HTTP and keep them on disk for a start without the issuer. False: it is away."""
        address = f"{self._settings.url_of(issuer)}/api/v1/{issuer}/jwks"
        try:
            response = _http.request("GET", address)
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            key_set = json.loads(response.data)
            self._sets[issuer] = KeySet.import_key_set(key_set)
        except (urllib3.exceptions.HTTPError, *_NO_KEYS) as error:
            log.warning("keys_not_fetched", issuer=issuer, error=str(error))
            return False
        finally:
            self._asked[issuer] = time.monotonic()
        try:
            place = self._place(issuer)
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_suffix(f".{os.getpid()}.new")
            fresh.write_text(json.dumps(key_set))
            fresh.replace(place)
        except OSError as error:
            log.warning("keys_not_kept", issuer=issuer, error=str(error))
        return True

    def _from_disk(self, issuer: str) -> None:
        try:
            self._sets[issuer] = KeySet.import_key_set(json.loads(self._place(issuer).read_text()))
        except (OSError, *_NO_KEYS) as error:
            log.warning("keys_not_on_disk", issuer=issuer, error=type(error).__name__)

    def _place(self, issuer: str) -> Path:
        return self._settings.var / "jwks" / f"{self._settings.service}-{issuer}.json"
