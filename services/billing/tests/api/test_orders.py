"""B5, B6: the list of orders with its filters, and one order with everything behind it."""

from datetime import timedelta

import pytest
from billing import testing
from billing.actions.decide_settlement import reject_settlement
from billing.actions.submit_settlement import Person
from billing.models import KnownClass
from chassis.ids import new_id

PATH = "/api/v1/billing/orders"


def numbers(client, who, **query) -> list[str]:
    answer = client.as_(who).get(PATH, query_string=query)
    assert answer.status_code == 200, answer.text
    return [item["number"] for item in answer.json["items"]]


def test_an_order_shows_its_figures(client, scene) -> None:
    order = scene.order()
    (item,) = client.as_(scene.business).get(PATH).json["items"]
    assert item["number"] == order.number == "12026030200001000240"
    assert (item["joined"], item["finished"], item["billed_headcount"]) == (11, 3, 10)
    assert (item["per_head_fee"], item["amount"]) == ("75.00", "750.00")
    assert (item["state"], item["kind"], item["due_day"]) == ("unsettled", "class", "2026-04-01")
    assert (item["provider_name"], item["dealer_name"]) == (scene.provider.name, scene.dealer.name)


def test_an_order_is_overdue_from_the_day_after_its_term(client, scene, clock) -> None:
    order = scene.order()
    assert (
        numbers(client, scene.business, state="unsettled"),
        numbers(client, scene.business, state="overdue"),
    ) == (
        [order.number],
        [],
    )
    clock.advance(days=30, hours=13, minutes=59)
    assert numbers(client, scene.business, state="overdue") == []
    clock.advance(minutes=1)
    assert (
        numbers(client, scene.business, state="unsettled"),
        numbers(client, scene.business, state="overdue"),
    ) == (
        [],
        [order.number],
    )
    assert client.as_(scene.business).get(f"{PATH}/{order.id}").json["state"] == "overdue"


def test_an_overdue_order_can_still_be_settled(client, scene, clock) -> None:
    order = scene.order()
    clock.advance(days=60)
    testing.settlement(scene.session, order)
    assert client.as_(scene.business).get(f"{PATH}/{order.id}").json["state"] == "settlement_submitted"


def test_orders_are_found_by_kind_state_day_and_text(client, scene) -> None:
    early = scene.order(name="焊工一班")
    waived = scene.order(name="电工_二班", waived=True)
    late = testing.class_order(
        scene.session, opening=scene.opening(name="焊工三班"), now=testing.NOW + timedelta(days=1)
    )
    who = scene.business
    assert numbers(client, who) == [late.number, waived.number, early.number]
    assert numbers(client, who, kind="class") == [late.number, waived.number, early.number]
    assert numbers(client, who, kind="live") == []
    assert numbers(client, who, state="settled") == [waived.number]
    assert numbers(client, who, created_from="2026-03-03") == [late.number]
    assert numbers(client, who, created_to="2026-03-02") == [waived.number, early.number]
    assert numbers(client, who, created_from="2026-03-02", created_to="2026-03-02", text="焊工") == [
        early.number
    ]
    assert numbers(client, who, text=late.number[-18:]) == [late.number]
    assert numbers(client, who, text=scene.provider.name[:4]) == [late.number, waived.number, early.number]
    assert numbers(client, who, text="工_二") == [waived.number]
    assert numbers(client, who, text="%") == []


def test_days_are_shanghai_days(client, scene) -> None:
    midnight = testing.NOW.replace(hour=16)
    before = testing.class_order(scene.session, opening=scene.opening(), now=midnight - timedelta(seconds=1))
    after = testing.class_order(scene.session, opening=scene.opening(), now=midnight)
    assert before.number[1:9] == "20260302"
    assert after.number[1:9] == "20260303"
    assert numbers(client, scene.business, created_to="2026-03-02") == [before.number]
    assert numbers(client, scene.business, created_from="2026-03-03") == [after.number]


def test_the_list_comes_in_numbered_pages_with_a_total(client, scene) -> None:
    made = [scene.order().number for _ in range(5)]
    answer = client.as_(scene.business).get(PATH, query_string={"page": 2, "page_size": 2})
    assert (answer.json["total"], answer.json["page"], answer.json["page_size"]) == (5, 2, 2)
    assert [item["number"] for item in answer.json["items"]] == [made[2], made[1]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "paid"}, "/state"),
        ({"kind": "x"}, "/kind"),
        ({"created_from": "yesterday"}, "/created_from"),
        ({"created_from": "0001-01-01"}, "/created_from"),
        ({"created_to": "9999-12-31"}, "/created_to"),
        ({"page": "0"}, "/page"),
        ({"page_size": "101"}, "/page_size"),
        ({"colour": "red"}, "/colour"),
        ({"provider_id": "1"}, "/provider_id"),
    ],
)
def test_a_bad_filter_is_named(client, scene, query, field: str) -> None:
    answer = client.as_(scene.business).get(PATH, query_string=query)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_details_show_lines_opening_class_review_log_settlements_and_source(client, scene) -> None:
    order = scene.order(refund_fen=5_000)
    made = testing.settlement(scene.session, order)
    reject_settlement(
        scene.session,
        dealer_id=scene.dealer.dealer_id,
        settlement_id=made.id,
        reason="未收到汇款",
        decided_by=Person(account_id=new_id(), name="财务"),
        source=testing.SOURCE,
        now=testing.NOW,
    )
    again = testing.settlement(scene.session, order, now=testing.NOW + timedelta(minutes=5))
    for viewer in (scene.business, scene.finance, scene.manager, scene.platform):
        seen = client.as_(viewer).get(f"{PATH}/{order.id}")
        assert seen.status_code == 200, seen.text
        shown = seen.json
        assert [(line["kind"], line["amount"]) for line in shown["lines"]] == [
            ("class", "750.00"),
            ("refund", "-50.00"),
        ]
        assert shown["opening"]["planned_headcount"] == 11
        assert (shown["opening"]["per_head_fee"], shown["opening"]["amount"]) == ("75.00", "825.00")
        assert shown["training_class"]["region"]["district"] == "朝阳区"
        assert (shown["training_class"]["start_day"], shown["training_class"]["end_day"]) == (
            "2026-03-01",
            "2026-03-02",
        )
        assert [(one["kind"], one["stage"]) for one in shown["review_log"]] == [
            ("graduation", "first"),
            ("opening", "first"),
        ]
        assert [(one["id"], one["state"]) for one in shown["settlements"]] == [
            (str(again.id), "submitted"),
            (str(made.id), "rejected"),
        ]
        assert shown["settlements"][1]["reason"] == "未收到汇款"
        assert shown["source"] == {"kind": "event", "id": testing.SOURCE.id}


def test_details_show_the_class_as_it_is_now(client, scene) -> None:
    order = scene.order()
    opening = scene.session.get(testing.ClassOpening, order.class_id)
    scene.session.add(
        KnownClass(
            class_id=order.class_id,
            version=4,
            provider_id=order.provider_id,
            name=opening.name,
            type=opening.type,
            state="graduated",
            start_day=opening.start_day,
            end_day=opening.end_day + timedelta(days=9),
            region=opening.region,
        )
    )
    shown = client.as_(scene.business).get(f"{PATH}/{order.id}").json
    assert shown["training_class"]["end_day"] == "2026-03-11"


def test_the_list_takes_the_same_few_statements_for_many_orders(client, scene, counted) -> None:
    scene.order()
    client.as_(scene.business).get(PATH)
    with counted() as few:
        client.as_(scene.business).get(PATH)
    for _ in range(10):
        scene.order()
    with counted() as many:
        client.as_(scene.business).get(PATH)
    assert len(many) == len(few)
