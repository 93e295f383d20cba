"""B7, B10 over HTTP, from the voucher to the dealer's decision."""

from io import BytesIO

import pytest
from billing import testing
from chassis.ids import new_id

BASE = "/api/v1/billing"


def upload(client, who) -> str:
    answer = client.as_(who).post(f"{BASE}/vouchers", data={"file": (BytesIO(testing.picture()), "a.png")})
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def body(client, scene, *orders, **told):
    total = sum(order.amount_fen for order in orders)
    return {
        "order_ids": [str(order.id) for order in orders],
        "payer_account_name": testing.PAYER,
        "payer_account_number": "6222000011112222",
        "payer_bank": "某银行某支行",
        "amount": f"{total // 100}.{total % 100:02d}",
        "voucher_id": upload(client, scene.business),
        "note": "三月",
        **told,
    }


def where_to_pay(caller, *orders):
    keys = [str(order.id) for order in orders]
    return caller.post(f"{BASE}/settlements/receiving-account", json={"order_ids": keys})


def submit(client, scene, *orders, **told):
    return client.as_(scene.business).post(f"{BASE}/settlements", json=body(client, scene, *orders, **told))


def state_of(client, scene, order) -> str:
    return client.as_(scene.business).get(f"{BASE}/orders/{order.id}").json["state"]


def test_a_provider_sees_where_to_pay_submits_and_the_dealer_confirms(client, scene) -> None:
    one, two = scene.order(), scene.order(joined=1, finished=1)
    account = where_to_pay(client.as_(scene.business), one, two)
    assert account.json == {
        "dealer_name": "某省市某经销商",
        "account_name": "某省市某经销商",
        "bank_name": "某银行某支行",
        "account_number": "23456789-112",
        "account_manager": "某经理",
        "phone": "13911223344",
        "payer_account_name": testing.PAYER,
        "amount": "825.00",
    }
    made = submit(client, scene, one, two)
    assert made.status_code == 201, made.text
    assert (made.json["state"], made.json["amount"], made.json["note"]) == ("submitted", "825.00", "三月")
    assert [order["number"] for order in made.json["orders"]] == [one.number, two.number]
    assert (state_of(client, scene, one), state_of(client, scene, two)) == ("settlement_submitted",) * 2

    path = f"{BASE}/settlements/{made.json['id']}"
    seen = client.as_(scene.finance).get(path)
    assert seen.json["receiving_account"]["account_number"] == "23456789-112"
    assert client.anonymous.get(seen.json["voucher"]["url"]).data == testing.picture()

    done = client.as_(scene.finance).post(f"{path}/confirmation")
    assert done.status_code == 200, done.text
    assert (done.json["state"], done.json["decided_by_name"]) == ("confirmed", "张三")
    assert (state_of(client, scene, one), state_of(client, scene, two)) == ("settled", "settled")


def test_a_rejection_says_why_and_the_order_can_be_submitted_again(client, scene) -> None:
    order = scene.order()
    path = f"{BASE}/settlements/{submit(client, scene, order).json['id']}/rejection"
    assert client.as_(scene.finance).post(path, json={"reason": "  "}).status_code == 422
    done = client.as_(scene.finance).post(path, json={"reason": "未收到汇款"})
    assert (done.json["state"], done.json["reason"]) == ("rejected", "未收到汇款")
    shown = client.as_(scene.business).get(f"{BASE}/orders/{order.id}").json
    assert (shown["state"], shown["rejection_reason"]) == ("unsettled", "未收到汇款")
    assert submit(client, scene, order).status_code == 201


def test_a_decision_made_twice_is_a_conflict(client, scene) -> None:
    path = f"{BASE}/settlements/{submit(client, scene, scene.order()).json['id']}"
    assert client.as_(scene.finance).post(f"{path}/confirmation").status_code == 200
    again = client.as_(scene.finance).post(f"{path}/confirmation")
    assert (again.status_code, again.json["code"]) == (409, "billing.settlement.already_confirmed")
    late = client.as_(scene.finance).post(f"{path}/rejection", json={"reason": "晚了"})
    assert (late.status_code, late.json["code"]) == (409, "billing.settlement.already_confirmed")


def test_an_order_under_way_is_a_conflict_that_names_it(client, scene) -> None:
    order = scene.order()
    submit(client, scene, order)
    again = submit(client, scene, order)
    assert (again.status_code, again.json["code"]) == (409, "billing.order.settlement_under_way")
    assert again.json["errors"][0]["field"] == "/order_ids/0"


def test_settlements_are_listed_by_state(client, scene) -> None:
    first = submit(client, scene, scene.order()).json["id"]
    second = submit(client, scene, scene.order()).json["id"]
    client.as_(scene.finance).post(f"{BASE}/settlements/{first}/confirmation")
    for who in (scene.business, scene.finance, scene.manager, scene.platform):
        listed = client.as_(who).get(f"{BASE}/settlements?state=submitted").json
        assert [one["id"] for one in listed["items"]] == [second]
        assert client.as_(who).get(f"{BASE}/settlements").json["total"] == 2


def test_settlements_are_found_by_text_and_provider_and_read_from_either_end(client, scene) -> None:
    orders = [scene.order(), scene.order()]
    first, second = (submit(client, scene, order).json["id"] for order in orders)

    def listed(**query) -> list[str]:
        answer = client.as_(scene.finance).get(f"{BASE}/settlements", query_string=query).json
        return [one["id"] for one in answer["items"]]

    assert sorted(listed()) == sorted([first, second])
    assert listed(order="oldest") == list(reversed(listed(order="newest")))
    assert listed(text=orders[0].number) == [first]
    assert sorted(listed(text=testing.PAYER[:4])) == sorted([first, second])
    assert listed(text="%") == []
    assert sorted(listed(provider_id=scene.provider.provider_id)) == sorted([first, second])
    assert listed(provider_id=new_id()) == []


@pytest.mark.parametrize(
    "pasted", ["6222 0000-1111 2222", "６２２２００００１１１１２２２２", "6222\u200b000011112222\t"]
)
def test_the_payers_account_number_is_taken_as_it_is_pasted(client, scene, pasted) -> None:
    made = submit(client, scene, scene.order(), payer_account_number=pasted)
    assert (made.status_code, made.json["payer_account_number"]) == (201, "6222000011112222")


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"amount": "749.99"}, 422, "billing.settlement.amount_mismatch", "/amount"),
        ({"amount": "0.00"}, 422, "http.fields_invalid", "/amount"),
        ({"amount": "1000000000000.00"}, 422, "http.fields_invalid", "/amount"),
        ({"amount": 750}, 422, "http.fields_invalid", "/amount"),
        ({"amount": "750"}, 422, "http.fields_invalid", "/amount"),
        ({"amount": "0750.00"}, 422, "http.fields_invalid", "/amount"),
        ({"payer_account_name": "某个人"}, 422, "billing.settlement.payer_mismatch", "/payer_account_name"),
        ({"payer_account_name": " "}, 422, "http.fields_invalid", "/payer_account_name"),
        ({"payer_account_number": None}, 422, "http.fields_invalid", "/payer_account_number"),
        ({"payer_bank": "x" * 201}, 422, "http.fields_invalid", "/payer_bank"),
        ({"note": "x" * 501}, 422, "http.fields_invalid", "/note"),
        ({"voucher_id": str(new_id())}, 404, "billing.voucher.not_found", "/voucher_id"),
        ({"order_ids": []}, 422, "http.fields_invalid", "/order_ids"),
        ({"order_ids": "x"}, 422, "http.fields_invalid", "/order_ids"),
        ({"order_ids": ["x"]}, 422, "http.fields_invalid", "/order_ids/0"),
        ({"order_ids": [str(new_id())]}, 404, "billing.order.not_found", "/order_ids/0"),
        ({"method": "cash"}, 422, "http.fields_invalid", "/method"),
    ],
)
def test_bad_input_names_its_field_and_nothing_is_half_done(
    client, scene, change, status, code, field
) -> None:
    order = scene.order()
    answer = submit(client, scene, order, **change)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.content_type == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert client.as_(scene.business).get(f"{BASE}/settlements").json["total"] == 0
    assert state_of(client, scene, order) == "unsettled"


def test_an_order_named_twice_is_refused(client, scene) -> None:
    order = scene.order()
    answer = submit(client, scene, order, order)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "/order_ids")


def test_broken_json_and_a_huge_body_are_refused(client, scene) -> None:
    headers = {"Content-Type": "application/json"}
    path = f"{BASE}/settlements"
    assert client.as_(scene.business).post(path, data=b'{"order_ids": [', headers=headers).status_code == 400
    assert client.as_(scene.business).post(path, data=b" " * 10_000_000, headers=headers).status_code == 413
    csv = client.as_(scene.business).post(path, data=b"a,b", headers={"Content-Type": "text/csv"})
    assert csv.status_code == 415


def test_the_receiving_account_of_anothers_order_is_not_found(client, scene, other_scene) -> None:
    mine, theirs = scene.order(), other_scene.order()
    business = client.as_(scene.business)
    for orders in ([theirs], [mine, theirs]):
        assert where_to_pay(business, *orders).status_code == 404
    path = f"{BASE}/settlements/receiving-account"
    assert business.post(path, json={}).status_code == 422
    assert business.post(path, json={"order_ids": ["x"]}).status_code == 422
    assert where_to_pay(business, mine, mine).status_code == 422


def test_a_hundred_orders_are_paid_by_one_settlement(client, scene) -> None:
    orders = [scene.order() for _ in range(100)]
    account = where_to_pay(client.as_(scene.business), *orders)
    assert account.status_code == 200
    submitted = submit(client, scene, *orders)
    assert (submitted.status_code, submitted.json["amount"]) == (201, account.json["amount"])
    # The address of the question must not grow with the orders: a line has its limit at every proxy.
    assert len(account.request.path + account.request.query_string.decode()) < 100


def test_nobody_is_told_to_pay_what_is_paid_or_under_way(client, scene) -> None:
    owed, paid = scene.order(), scene.order()
    business = client.as_(scene.business)
    settlement = submit(client, scene, paid).json["id"]
    waiting = where_to_pay(business, owed, paid)
    assert (waiting.status_code, waiting.json["code"]) == (409, "billing.order.settlement_under_way")
    assert [error["field"] for error in waiting.json["errors"]] == ["/order_ids/1"]
    client.as_(scene.finance).post(f"{BASE}/settlements/{settlement}/confirmation")
    settled = where_to_pay(business, owed, paid)
    assert (settled.status_code, settled.json["code"]) == (409, "billing.order.already_settled")
    free = where_to_pay(business, scene.order(waived=True))
    assert free.json["code"] == "billing.order.already_settled"


def test_the_account_to_pay_is_shown_for_own_orders_whatever_other_roles_one_has(
    client, scene, other_scene, actor
) -> None:
    both = actor(
        "business_manager",
        "account_manager",
        provider_id=scene.provider.provider_id,
        dealer_id=other_scene.dealer.dealer_id,
    )
    assert where_to_pay(client.as_(both), other_scene.order()).status_code == 404


def test_the_same_submission_sent_again_is_one_settlement(client, scene) -> None:
    said = body(client, scene, scene.order())
    headers = {"Idempotency-Key": "submit-1"}
    first = client.as_(scene.business).post(f"{BASE}/settlements", json=said, headers=headers)
    again = client.as_(scene.business).post(f"{BASE}/settlements", json=said, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json["id"] == again.json["id"]
    assert client.as_(scene.business).get(f"{BASE}/settlements").json["total"] == 1


def test_the_review_of_a_settlement_is_not_for_its_submitter(client, scene, actor) -> None:
    both = actor(
        "business_manager",
        "dealer_finance",
        provider_id=scene.provider.provider_id,
        dealer_id=scene.dealer.dealer_id,
    )
    order = scene.order()
    made = client.as_(both).post(f"{BASE}/settlements", json=body(client, scene, order))
    answer = client.as_(both).post(f"{BASE}/settlements/{made.json['id']}/confirmation")
    assert (answer.status_code, answer.json["code"]) == (403, "billing.settlement.own")
