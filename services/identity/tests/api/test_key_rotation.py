"""Keys that sign change while what they signed stays good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chassis import clock
from chassis.db import transaction
from chassis.papers import Papers
from chassis.testing.plugin import Committed
from identity.testing import PASSWORD, an_account
from joserfc.jws import extract_compact

API = "/api/v1/identity"


def sign_in(live: Committed) -> str:
    said = {"grant_type": "password", "login": "learner1", "password": PASSWORD}
    token: str = live.client.anonymous.post(f"{API}/tokens", json=said).json["access_token"]
    return token


def kids(live: Committed) -> set[str]:
    return {key["kid"] for key in live.client.anonymous.get(f"{API}/jwks").json["keys"]}


def kid_of(token: str) -> Any:
    return extract_compact(token.encode()).headers()["kid"]


def test_tokens_signed_before_a_rotation_still_verify_and_new_ones_have_the_new_key(
    live: Committed, monkeypatch
):
    with live.sessions() as session, transaction(session):
        an_account(session, "learner", now=clock.now(), login="learner1")
    runtime = live.app.extensions["kaike.runtime"]
    old, before = sign_in(live), kids(live)
    made = runtime.signer.rotate(clock.now())
    assert kids(live) == before | {made}
    assert kid_of(sign_in(live)) in before  # readers get the new key before it signs
    later = clock.now() + timedelta(seconds=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    new = sign_in(live)
    assert (kid_of(old) in before, kid_of(new)) == (True, made)
    elsewhere = Papers(runtime.settings, trusts=("identity",))
    elsewhere.trust("identity", live.client.anonymous.get(f"{API}/jwks").json)
    for token in (old, new):
        assert elsewhere.read(token, typ="access", issuer="identity", now=later)
        headers = {"Authorization": f"Bearer {token}"}
        assert live.client.anonymous.get(f"{API}/me", headers=headers).status_code == 200
