"""Every operation: nobody 401, the wrong role 403, strangers 404."""

import pytest
from billing import testing
from billing.api.permissions import PERMISSIONS
from billing.models import Settlement
from chassis.testing import check_permissions, operation_cases
from chassis.testing.permissions import stranger
from sqlalchemy import select

VIEWERS = ("business_manager", "provider_admin", "dealer_finance", "account_manager")


def objects(scene) -> dict[str, object]:
    order = scene.order()
    made = testing.settlement(scene.session, order)
    return {"order_id": order.id, "settlement_id": made.id, "agreement_id": scene.agreement.id}


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_each_operation_is_for_its_roles_and_its_owners(operation: str, client, app, scene) -> None:
    real = objects(scene)
    check_permissions(
        client,
        app,
        operation,
        real=lambda _: real,
        bodies={"reject_settlement": {"json": {"reason": "未收到汇款"}}},
    )


@pytest.mark.parametrize("role", VIEWERS)
@pytest.mark.parametrize(
    "path", ["orders/{order_id}", "settlements/{settlement_id}", "price-agreements/{agreement_id}"]
)
def test_another_sides_object_answers_as_if_it_did_not_exist(role: str, path: str, client, scene) -> None:
    address = f"/api/v1/billing/{path.format(**objects(scene))}"
    answer = client.as_(stranger(role)).get(address)
    assert answer.status_code == 404
    assert answer.json["code"].endswith(".not_found")


@pytest.mark.parametrize("path", ["orders", "settlements", "price-agreements", "accounts", "accounts/ledger"])
def test_each_side_lists_only_its_own(path: str, client, scene, other_scene) -> None:
    for one in (scene, other_scene):
        objects(one)
    theirs = {str(other_scene.provider.provider_id), str(other_scene.dealer.dealer_id)}
    for viewer in (scene.business, scene.finance, scene.manager):
        answer = client.as_(viewer).get(f"/api/v1/billing/{path}")
        assert answer.json["items"], viewer
        assert not any(key in answer.text for key in theirs), viewer
    mixed = client.as_(scene.platform).get(f"/api/v1/billing/{path}").text
    if path != "accounts/ledger":
        assert all(key in mixed for key in theirs)


def test_a_role_without_its_organisation_sees_nothing(client, scene, actor) -> None:
    objects(scene)
    for role in VIEWERS:
        assert client.as_(actor(role)).get("/api/v1/billing/orders").json["total"] == 0
    answer = client.as_(actor("business_manager")).post("/api/v1/billing/settlements", json={})
    assert answer.status_code in (403, 422)
    assert client.as_(actor("dealer_finance")).get("/api/v1/billing/events").status_code == 403


def test_a_providers_role_does_not_open_the_dealers_side(client, scene, actor) -> None:
    """The dealer's id in a token counts only together with a dealer's role."""
    made = objects(scene)
    odd = actor("business_manager", dealer_id=scene.dealer.dealer_id)
    assert client.as_(odd).get(f"/api/v1/billing/orders/{made['order_id']}").status_code == 404


def test_a_foreign_dealer_leaves_a_settlement_as_it_was(client, scene, other_scene) -> None:
    made = objects(scene)
    for step, body in (("confirmation", None), ("rejection", {"reason": "无"})):
        path = f"/api/v1/billing/settlements/{made['settlement_id']}/{step}"
        assert client.as_(other_scene.finance).post(path, json=body).status_code == 404
    assert scene.session.scalars(select(Settlement.state)).all() == ["submitted"]
