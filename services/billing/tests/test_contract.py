"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from billing import testing
from chassis.testing.asking import Known, ask_everything


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(session, client, scene) -> Known:
    """Orders in each state, a settlement that waits and one that is decided, a voucher with its link."""
    orders = [scene.order() for _ in range(4)]
    waiting, settled = testing.settlement(session, orders[2]), testing.settlement(session, orders[3])
    client.as_(scene.finance).post(f"/api/v1/billing/settlements/{settled.id}/confirmation")
    shown = client.as_(scene.business).get(f"/api/v1/billing/settlements/{waiting.id}").json
    voucher = testing.voucher(session, provider_id=scene.provider.provider_id)
    return Known(
        actors=[scene.business, scene.finance, scene.manager, scene.platform],
        ids={
            "order_id": [order.id for order in orders],
            "order_ids": [order.id for order in orders[:2]],
            "settlement_id": [waiting.id, settled.id],
            "agreement_id": [scene.agreement.id],
            "provider_id": [scene.provider.provider_id],
            "dealer_id": [scene.dealer.dealer_id],
            "voucher_id": [voucher.id],
            "token": [shown["voucher"]["url"].split("/")[-2]],
        },
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, issuer, known, examples):
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
