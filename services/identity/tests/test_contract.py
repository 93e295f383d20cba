"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from chassis.testing.asking import Known, ask_everything
from identity.testing import OwnIssuer, as_actor


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(account, provider, dealer, client) -> Known:
    """An account of each kind, a provider, a dealer and its program."""
    accounts = [
        account("platform_admin"),
        account("provider_admin", provider=provider),
        account("registrar", provider=provider),
        account("dealer_finance", dealer=dealer),
        account("learner"),
    ]
    finance = client.as_(as_actor(accounts[3]))
    program = finance.post(f"/api/v1/identity/dealers/{dealer.id}/clients", json={"name": "账务系统"}).json
    return Known(
        actors=[as_actor(found) for found in accounts],
        ids={
            "account_id": [found.id for found in accounts],
            "provider_id": [provider.id],
            "dealer_id": [dealer.id],
            "client_id": [program["id"]],
        },
        headers={"If-Match": lambda: '"v1"'},
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, known, examples):
    issuer = OwnIssuer(app.extensions["kaike.runtime"])
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
