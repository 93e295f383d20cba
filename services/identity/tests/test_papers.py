"""The access token is what contracts/papers/access promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.testing import Tester, check_paper, paper_examples, paper_schema
from chassis.web import current_actor
from flask import Flask
from identity.models import Account, Dealer, Provider
from identity.rules.roles import ALL_ROLES, DEALER_PROGRAM
from identity.testing import PASSWORD, as_actor

API = "/api/v1/identity"
EXAMPLES = paper_examples("access")


def access_token(client: Tester, **said: str) -> str:
    answer = client.anonymous.post(f"{API}/tokens", json=said)
    assert answer.status_code == 200, answer.json
    token: str = answer.json["access_token"]
    return token


@pytest.mark.parametrize(
    "roles", [("registrar", "class_teacher"), ("account_manager", "learner"), ("platform_admin",)]
)
def test_a_fresh_token_of_an_account_is_as_promised(
    client: Tester,
    account: Callable[..., Account],
    provider: Provider,
    dealer: Dealer,
    clock: Any,
    roles: tuple[str, ...],
):
    belongs = (
        {"provider": provider} if "registrar" in roles else {"dealer": dealer} if "learner" in roles else {}
    )
    account(*roles, login="somebody", **belongs)
    token = access_token(client, grant_type="password", login="somebody", password=PASSWORD)
    claims = check_paper(token, typ="access")
    assert set(claims["roles"]) == set(roles)


def test_a_fresh_token_of_a_dealers_program_is_as_promised(
    client: Tester, account: Callable[..., Account], dealer: Dealer, clock: Any
):
    finance = client.as_(as_actor(account("dealer_finance", dealer=dealer)))
    made = finance.post(f"{API}/dealers/{dealer.id}/clients", json={"name": "对账程序"}).json
    token = access_token(
        client,
        grant_type="client_credentials",
        client_id=made["id"],
        client_secret=made["client_secret"],
    )
    assert check_paper(token, typ="access")["sid"] is None


def test_the_promise_names_every_role():
    assert set(paper_schema("access")["properties"]["roles"]["items"]["enum"]) == {*ALL_ROLES, DEALER_PROGRAM}


@pytest.mark.parametrize("name", EXAMPLES)
def test_identity_understands_its_own_examples(app: Flask, clock: Any, name: str):
    claims = EXAMPLES[name]
    signer = app.extensions["kaike.runtime"].signer
    token = signer.sign(claims, typ="access", lifetime=300, now=clock.now)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    assert (str(actor.account_id), actor.name, actor.roles) == (
        claims["sub"],
        claims["name"],
        set(claims["roles"]),
    )
