"""B1 over HTTP."""

from datetime import date

import pytest
from billing import testing

PATH = "/api/v1/billing/price-agreements"


def body(scene, **told):
    return {
        "provider_id": str(scene.provider.provider_id),
        "per_head_fee": "75.00",
        "term_days": 30,
        "valid_from": "2026-03-01",
        **told,
    }


def test_an_account_manager_writes_an_agreement(client, scene) -> None:
    answer = client.as_(scene.manager).post(PATH, json=body(scene))
    assert answer.status_code == 201, answer.text
    assert answer.json["per_head_fee"] == "75.00"
    assert answer.json["live_minute_price"] is None
    assert answer.json["provider_name"] == scene.provider.name
    assert answer.json["number"] == 2
    assert answer.json["in_force"] is True
    assert answer.json["written_by_name"] == "张三"
    one = client.as_(scene.business).get(f"{PATH}/{answer.json['id']}")
    assert one.json == answer.json


def test_an_agreement_holds_the_prices_of_live_minutes_and_add_ons(client, scene) -> None:
    prices = {
        "live_minute_price": "0.10",
        "self_built_courses_price": "3000.00",
        "self_built_portal_price": "5000.00",
        "popup_paper_price": "9999999.99",
    }
    answer = client.as_(scene.manager).post(PATH, json=body(scene, **prices))
    assert answer.status_code == 201, answer.text
    assert prices.items() <= answer.json.items()
    assert client.as_(scene.business).get(f"{PATH}/{answer.json['id']}").json == answer.json


@pytest.mark.parametrize("fee", ["0.01", "99999.99"])
def test_the_smallest_and_the_largest_fee_are_taken(client, scene, fee) -> None:
    answer = client.as_(scene.manager).post(PATH, json=body(scene, per_head_fee=fee))
    assert (answer.status_code, answer.json["per_head_fee"]) == (201, fee)


def test_the_list_says_which_agreement_is_in_force_today(client, scene) -> None:
    testing.agreement(scene.session, provider=scene.provider, valid_from=date(2026, 3, 3))
    for viewer in (scene.manager, scene.business, scene.finance, scene.platform):
        answer = client.as_(viewer).get(PATH, query_string={"provider_id": str(scene.provider.provider_id)})
        assert [(one["valid_from"], one["in_force"]) for one in answer.json["items"]] == [
            ("2026-03-03", False),
            ("2026-01-01", True),
        ]


def test_a_list_of_many_providers_takes_as_many_statements_as_one_of_few(client, scene, counted) -> None:
    taken = []
    for code in ("000301", "000302", "000303"):
        provider = testing.known_provider(scene.session, dealer=scene.dealer, code=code)
        testing.agreement(scene.session, provider=provider)
        with counted() as seen:
            assert all(one["in_force"] for one in client.as_(scene.manager).get(PATH).json["items"])
        taken.append(len(seen))
    assert taken == [taken[0]] * 3


def test_another_dealers_provider_is_not_found(client, scene, other_scene) -> None:
    answer = client.as_(other_scene.manager).post(PATH, json=body(scene))
    assert (answer.status_code, answer.json["code"]) == (404, "billing.provider.not_found")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"per_head_fee": "75"}, "/per_head_fee"),
        ({"per_head_fee": 75}, "/per_head_fee"),
        ({"per_head_fee": 75.0}, "/per_head_fee"),
        ({"per_head_fee": "-1.00"}, "/per_head_fee"),
        ({"per_head_fee": None}, "/per_head_fee"),
        ({"per_head_fee": "0.00"}, "/per_head_fee"),
        ({"per_head_fee": "100000.00"}, "/per_head_fee"),
        ({"per_head_fee": "1000000000000.00"}, "/per_head_fee"),
        ({"live_minute_price": "0.00"}, "/live_minute_price"),
        ({"live_minute_price": "100000.00"}, "/live_minute_price"),
        ({"self_built_courses_price": "0.00"}, "/self_built_courses_price"),
        ({"self_built_portal_price": "10000000.00"}, "/self_built_portal_price"),
        ({"live_minute_price": 0.1}, "/live_minute_price"),
        ({"popup_paper_price": "-1.00"}, "/popup_paper_price"),
        ({"term_days": -1}, "/term_days"),
        ({"term_days": 366}, "/term_days"),
        ({"term_days": "30"}, "/term_days"),
        ({"valid_from": "01.03.2026"}, "/valid_from"),
        ({"valid_from": "2026-02-30"}, "/valid_from"),
        ({"provider_id": "x"}, "/provider_id"),
        ({"dealer_id": "00000000-0000-0000-0000-000000000000"}, "/dealer_id"),
    ],
)
def test_bad_input_names_its_field(client, scene, change, field: str) -> None:
    answer = client.as_(scene.manager).post(PATH, json=body(scene, **change))
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert [error["field"] for error in answer.json["errors"]] == [field]
    assert client.as_(scene.manager).get(PATH).json["total"] == 1


def test_all_missing_fields_are_named_at_once(client, scene) -> None:
    answer = client.as_(scene.manager).post(PATH, json={})
    assert {error["field"] for error in answer.json["errors"]} == {
        "/provider_id",
        "/per_head_fee",
        "/term_days",
        "/valid_from",
    }


def test_the_same_request_sent_again_writes_nothing_new(client, scene) -> None:
    headers = {"Idempotency-Key": "one"}
    first = client.as_(scene.manager).post(PATH, json=body(scene), headers=headers)
    again = client.as_(scene.manager).post(PATH, json=body(scene), headers=headers)
    assert again.json == first.json
    other = client.as_(scene.manager).post(PATH, json=body(scene, term_days=1), headers=headers)
    assert other.status_code == 409
    assert client.as_(scene.manager).get(PATH).json["total"] == 2
