"""Reading papers: by their signature alone, with the issuers' public keys kept in memory and on disk."""

from __future__ import annotations

import json
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

log = structlog.get_logger(__name__)
_http = urllib3.PoolManager(num_pools=8, timeout=urllib3.Timeout(connect=1.0, read=3.0), retries=False)


class Papers:
    """Reads the papers of the trusted issuers. A verified paper is remembered until it is forgotten by age."""

    def __init__(self, settings: Settings, *, trusts: Sequence[str], own: Signer | None = None) -> None:
        """`trusts` are issuer names; their keys come from KAIKE_URL_<ISSUER>/api/v1/<issuer>/jwks."""
        self._settings = settings
        self._trusts = frozenset(trusts)
        self._own = own
        self._lock = threading.Lock()
        self._sets: dict[str, KeySet] = {}
        self._asked: dict[str, float] = {}
        self._known: OrderedDict[tuple[str, str, str], dict[str, Any]] = OrderedDict()

    def read(
        self, token: str, *, typ: str, issuer: str, now: datetime, expired_ok: bool = False
    ) -> dict[str, Any]:
        """The claims of a genuine paper of this kind and issuer.

        Raises BadPaper, ExpiredPaper (unless `expired_ok`: the caller looks at nbf and exp itself), or
        KeysUnavailable when the issuer's keys were never seen.
        """
        claims = self._genuine(token, typ, issuer)
        moment = now.timestamp()
        if not expired_ok and not claims["nbf"] <= moment + 1 < claims["exp"] + 1:
            raise ExpiredPaper(typ)
        return claims

    def trust(self, issuer: str, key_set: dict[str, Any]) -> None:
        """Take an issuer's keys as given; what was remembered of it is forgotten."""
        with self._lock:
            self._sets[issuer] = KeySet.import_key_set(key_set)  # type: ignore[arg-type]
            self._asked[issuer] = time.monotonic()
            for key in [key for key in self._known if key[1] == issuer]:
                del self._known[key]

    def _genuine(self, token: str, typ: str, issuer: str) -> dict[str, Any]:
        place = (typ, issuer, token)
        found = self._known.get(place)
        if found is not None:
            return found
        claims = self._verify(token, typ, issuer)
        with self._lock:
            self._known[place] = claims
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return claims

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
        found = self._sets.get(issuer)
        asked = time.monotonic() - self._asked.get(issuer, -1e9)
        known = found is not None and any(key.kid == kid for key in found.keys)
        if (not known and asked > ASK_AGAIN) or asked > REFRESH:
            found = self._fetch(issuer) or found or self._from_disk(issuer)
        if found is None:
            raise KeysUnavailable(retry_after=3)
        return found

    def _fetch(self, issuer: str) -> KeySet | None:
        """The issuer's keys by HTTP, kept on disk for a start without the issuer; None when it is away."""
        self._asked[issuer] = time.monotonic()
        address = f"{self._settings.url_of(issuer)}/api/v1/{issuer}/jwks"
        try:
            response = _http.request("GET", address)
            if response.status != 200:
                raise ValueError(f"status {response.status}")
            key_set = json.loads(response.data)
            found = KeySet.import_key_set(key_set)
        except (urllib3.exceptions.HTTPError, ValueError, JoseError) as error:
            log.warning("keys_not_fetched", issuer=issuer, error=str(error))
            return None
        self._sets[issuer] = found
        place = self._place(issuer)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{threading.get_ident()}.new")
        fresh.write_text(json.dumps(key_set))
        fresh.replace(place)
        return found

    def _from_disk(self, issuer: str) -> KeySet | None:
        try:
            found = KeySet.import_key_set(json.loads(self._place(issuer).read_text()))
        except (FileNotFoundError, ValueError, JoseError):
            return None
        self._sets[issuer] = found
        return found

    def _place(self, issuer: str) -> Path:
        return self._settings.var / "jwks" / f"{self._settings.service}-{issuer}.json"
