"""Papers of other services, made in tests with a key of their own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from chassis.papers import Papers
from chassis.web.auth import Actor


class TestIssuer:
    """Stands in for the services whose papers the app under test reads. One key for all of them."""

    __test__ = False

    def __init__(self) -> None:
        """A fresh key per test run."""
        self._key = ECKey.generate_key("P-256", parameters={"kid": "test"})

    def trusted_by(self, papers: Papers, *, issuers: frozenset[str]) -> None:
        """Let `papers` believe this key for these issuers."""
        for issuer in issuers:
            papers.trust(issuer, {"keys": [self._key.as_dict(private=False)]})

    def paper(
        self, issuer: str, typ: str, claims: dict[str, Any], *, now: datetime, lifetime: int = 300
    ) -> str:
        """A genuine paper as that issuer would have signed it at `now`."""
        issued = int(now.timestamp())
        body = {"iss": issuer, "iat": issued, "nbf": issued, "exp": issued + lifetime, **claims}
        return jwt.encode({"alg": "ES256", "kid": "test", "typ": typ}, body, self._key, algorithms=["ES256"])

    def access_token(self, actor: Actor, *, now: datetime) -> str:
        """The access token of an account."""
        claims = {
            "sub": str(actor.account_id),
            "name": actor.name,
            "roles": sorted(actor.roles),
            "provider": str(actor.provider_id) if actor.provider_id else None,
            "dealer": str(actor.dealer_id) if actor.dealer_id else None,
        }
        return self.paper("identity", "access", claims, now=now)
