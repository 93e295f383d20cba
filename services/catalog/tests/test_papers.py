"""Media links are what contracts/papers promises, and the papers of others are understood."""

from uuid import UUID

import pytest
from catalog import testing
from chassis.testing import check_paper, paper_examples
from chassis.web import current_actor

BASE = "/api/v1/catalog"
ACCESS, ITEM_TICKETS = paper_examples("access"), paper_examples("item-ticket")


@pytest.mark.parametrize("kind", ["video", "document", "image"])
def test_a_fresh_media_link_is_as_promised(registrar, session, provider_id, kind) -> None:
    medium = testing.medium(session, kind=kind, owner=provider_id)
    answer = registrar.post(f"{BASE}/media/{medium.id}/link")
    assert answer.status_code == 200, answer.json
    claims = check_paper(answer.json["url"].removeprefix("/media/"), typ="media")
    assert (claims["media_id"], claims["key"]) == (str(medium.id), medium.key)


@pytest.mark.parametrize("name", ["video", "document"])
def test_an_item_ticket_as_promised_opens_its_medium(
    session, client, actor, clock, foreign_paper, name
) -> None:
    said = ITEM_TICKETS[name]
    medium = testing.medium(session, id=UUID(said["item"]["media_id"]), kind=name)
    testing.known_class(session, UUID(said["cls"]), epoch=said["epoch"])
    caller = client.as_(actor("learner", account_id=UUID(said["sub"])))
    headers = {"Kaike-Ticket": foreign_paper("classroom", "item-ticket", said)}
    answer = caller.post(f"{BASE}/media/{medium.id}/link", headers=headers)
    assert answer.status_code == 200, answer.json
    link = answer.json["url"].removeprefix("/media/")
    assert check_paper(link, typ="media", lifetime="x-lifetime-seconds-of-a-learner")["sub"] == said["sub"]


@pytest.mark.parametrize("name", ["exercise", "mock_exam"])
def test_an_item_ticket_for_something_else_opens_no_medium(
    session, client, actor, clock, foreign_paper, name
) -> None:
    said = ITEM_TICKETS[name]
    medium = testing.medium(session)
    caller = client.as_(actor("learner", account_id=UUID(said["sub"])))
    headers = {"Kaike-Ticket": foreign_paper("classroom", "item-ticket", said)}
    assert caller.post(f"{BASE}/media/{medium.id}/link", headers=headers).status_code == 404


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_as_promised_says_who_is_asking(app, clock, foreign_paper, name) -> None:
    claims = ACCESS[name]
    token = foreign_paper("identity", "access", claims)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    assert (str(actor.account_id), actor.roles) == (claims["sub"], set(claims["roles"]))
