"""B15: a dealer's system reads its feed with a cursor, and nothing but its own."""

import json

import pytest
from billing import testing
from billing.actions.decide_settlement import confirm_settlement, reject_settlement
from billing.actions.submit_settlement import Person
from billing.events import FOR_DEALERS
from bus import contracts
from chassis.ids import new_id
from jsonschema import Draft7Validator

PATH = "/api/v1/billing/events"


def read(client, who, after=None, **query):
    answer = client.as_(who).get(PATH, query_string={**({"after": after} if after else {}), **query})
    assert answer.status_code == 200, answer.text
    return answer.json


def play(scene) -> None:
    """An order whose settlement is rejected, submitted again and confirmed."""
    order = scene.order()
    told = {
        "dealer_id": scene.dealer.dealer_id,
        "decided_by": Person(account_id=new_id(), name="财务"),
        "source": testing.SOURCE,
        "now": testing.NOW,
    }
    first = testing.settlement(scene.session, order)
    reject_settlement(scene.session, settlement_id=first.id, reason="未到账", **told)
    confirm_settlement(scene.session, settlement_id=testing.settlement(scene.session, order).id, **told)


STORY = [
    "billing.order.created.v1",
    "billing.settlement.submitted.v1",
    "billing.settlement.rejected.v1",
    "billing.settlement.submitted.v1",
    "billing.settlement.confirmed.v1",
]


def test_the_feed_tells_the_story_in_order(client, scene) -> None:
    play(scene)
    assert [event["type"] for event in read(client, scene.finance)["items"]] == STORY


def test_money_is_a_decimal_string_for_dealers(client, scene) -> None:
    order = scene.order()
    (event,) = read(client, scene.finance)["items"]
    assert (event["data"]["amount"], event["data"]["per_head_fee"]) == ("750.00", "75.00")
    assert event["data"]["order_number"] == order.number
    assert event["specversion"] == "1.0"
    assert not [name for name in event["data"] if name.endswith("_fen")]


def test_every_event_fits_the_schema_that_dealers_were_promised(client, scene) -> None:
    play(scene)
    scene.order(waived=True)
    events = read(client, scene.finance)["items"]
    assert {event["type"] for event in events} == set(FOR_DEALERS)
    for event in events:
        folder = contracts.contracts_folder() / "dealer-events" / event["type"]
        schema = json.loads((folder / "schema.json").read_text())
        Draft7Validator(schema).validate(event["data"])
        assert set(event["data"]) == set(schema["properties"])
        assert event["dataschema"] == schema["$id"]
        for example in (folder / "examples").glob("*.json"):
            shown = json.loads(example.read_text())
            Draft7Validator(schema).validate(shown["data"])
            assert set(shown) == set(event)


def test_reading_page_by_page_gives_each_event_once(client, scene) -> None:
    play(scene)
    seen, cursor = [], None
    for _ in range(4):
        page = read(client, scene.finance, cursor, limit=2)
        seen += page["items"]
        cursor = page["next"]
    assert [event["type"] for event in seen] == STORY
    assert len({event["id"] for event in seen}) == len(STORY)


def test_the_cursor_at_the_end_goes_on_when_there_is_more(client, scene) -> None:
    empty = read(client, scene.finance)
    assert empty["items"] == []
    scene.order()
    page = read(client, scene.finance, empty["next"])
    assert len(page["items"]) == 1
    assert read(client, scene.finance, page["next"])["items"] == []
    scene.order()
    assert len(read(client, scene.finance, page["next"])["items"]) == 1


def test_a_dealer_reads_only_its_own(client, scene, other_scene) -> None:
    play(scene)
    theirs = other_scene.order()
    events = read(client, other_scene.finance)["items"]
    assert [event["data"]["order_number"] for event in events] == [theirs.number]
    assert theirs.number not in json.dumps(read(client, scene.finance))


def test_anothers_cursor_a_forged_one_and_nonsense_are_refused(client, scene, other_scene) -> None:
    play(scene)
    foreign = read(client, scene.finance, limit=1)["next"]
    for cursor in (foreign, f"{foreign[:-4]}AAAA", "1", "ä"):
        answer = client.as_(other_scene.finance).get(PATH, query_string={"after": cursor})
        assert (answer.status_code, answer.json["code"]) == (422, "list.cursor_broken")


@pytest.mark.parametrize("limit", ["0", "101", "x"])
def test_the_limit_is_held(client, scene, limit: str) -> None:
    assert client.as_(scene.finance).get(PATH, query_string={"limit": limit}).status_code == 422
