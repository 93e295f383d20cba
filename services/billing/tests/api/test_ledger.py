"""B9, B16 over HTTP: balances, and every movement with what made it."""

from billing import testing

BASE = "/api/v1/billing"


def settle(client, scene, order):
    made = testing.settlement(scene.session, order)
    headers = {"X-Request-Id": "dealer-request-0001"}
    return client.as_(scene.finance).post(f"{BASE}/settlements/{made.id}/confirmation", headers=headers)


def test_every_movement_names_its_order_and_its_source(client, scene) -> None:
    order = scene.order(refund_fen=5_000)
    assert settle(client, scene, order).status_code == 200
    items = client.as_(scene.business).get(f"{BASE}/accounts/ledger").json["items"]
    assert [(one["kind"], one["debit"], one["credit"], one["amount"]) for one in items] == [
        ("bank_payment", "bank", "receivable", "700.00"),
        ("refund", "revenue", "receivable", "50.00"),
        ("class", "receivable", "revenue", "750.00"),
    ]
    assert {one["order_number"] for one in items} == {order.number}
    assert items[0]["source"] == {"kind": "request", "id": "dealer-request-0001"}
    assert items[1]["source"] == items[2]["source"] == {"kind": "event", "id": testing.SOURCE.id}


def test_balances_follow(client, scene) -> None:
    settle(client, scene, scene.order())
    scene.order(joined=1, finished=1)
    for who in (scene.business, scene.finance, scene.platform):
        items = client.as_(who).get(f"{BASE}/accounts").json["items"]
        assert {one["kind"]: one["balance"] for one in items} == {
            "bank": "750.00",
            "prepaid": "0.00",
            "receivable": "75.00",
            "revenue": "825.00",
        }


def test_movements_come_page_by_page(client, scene) -> None:
    orders = [scene.order() for _ in range(3)]
    seen, cursor = [], None
    while True:
        query = {"limit": 2, **({"after": cursor} if cursor else {})}
        page = client.as_(scene.business).get(f"{BASE}/accounts/ledger", query_string=query).json
        seen += [one["order_number"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == [order.number for order in reversed(orders)]


def test_movements_of_one_order(client, scene) -> None:
    order = scene.order()
    scene.order()
    query = {"order_id": str(order.id)}
    page = client.as_(scene.business).get(f"{BASE}/accounts/ledger", query_string=query).json
    assert [one["order_number"] for one in page["items"]] == [order.number]
