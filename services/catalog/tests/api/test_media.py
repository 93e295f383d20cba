"""Media and links to them over HTTP (C10)."""

import io

import pytest
from catalog import testing
from chassis.ids import new_id
from chassis.papers import Papers

BASE = "/api/v1/catalog/media"


def claims(app, url: str, clock) -> dict:
    papers: Papers = app.extensions["kaike.runtime"].papers
    return papers.read(url.removeprefix("/media/"), typ="media", issuer="catalog", now=clock.now)


def ticket_for(session, actor_, medium, *, known=None) -> dict:
    """The claims of an item ticket, of an open class unless it is `known` otherwise."""
    known = known or testing.known_class(session)
    item = {"id": str(new_id()), "kind": "video", "media_id": str(medium.id), "seconds": 6}
    said = {"sub": str(actor_.account_id), "enr": str(new_id()), "cls": str(known.class_id)}
    return {**said, "epoch": known.epoch, "item": item}


def test_a_learner_follows_an_item_ticket_to_the_video(
    app, client, session, actor, clock, foreign_paper
) -> None:
    learner = actor("learner")
    medium = testing.medium(session, owner=new_id())
    ticket = foreign_paper("classroom", "item-ticket", ticket_for(session, learner, medium))
    answer = client.as_(learner).post(f"{BASE}/{medium.id}/link", headers={"Kaike-Ticket": ticket})
    assert answer.status_code == 200, answer.text
    found = claims(app, answer.json["url"], clock)
    assert (found["media_id"], found["key"], found["content_type"]) == (
        str(medium.id),
        medium.key,
        "video/mp4",
    )
    assert found["sub"] == str(learner.account_id)
    assert found["exp"] - found["iat"] == 300  # the ticket of this test lives five minutes
    assert answer.json["expires_at"] == "2026-03-02T02:05:00.000Z"


def test_without_a_ticket_the_video_does_not_exist_for_a_learner(client, session, actor, clock) -> None:
    medium = testing.medium(session)
    learner = client.as_(actor("learner"))
    for headers in ({}, {"Kaike-Ticket": ""}, {"Kaike-Ticket": "x.y.z"}):
        answer = learner.post(f"{BASE}/{medium.id}/link", headers=headers)
        assert (answer.status_code, answer.json["code"]) == (404, "catalog.ticket.missing")


def test_a_ticket_is_good_for_its_own_item_account_and_time(
    client, session, actor, clock, foreign_paper
) -> None:
    learner, other = actor("learner"), actor("learner")
    medium, another = testing.medium(session), testing.medium(session)
    ticket = foreign_paper("classroom", "item-ticket", ticket_for(session, learner, medium))
    headers = {"Kaike-Ticket": ticket}
    assert client.as_(learner).post(f"{BASE}/{another.id}/link", headers=headers).status_code == 404
    foreign = client.as_(other).post(f"{BASE}/{medium.id}/link", headers=headers)
    assert (foreign.status_code, foreign.json["code"]) == (404, "catalog.ticket.missing")
    forged = foreign_paper("supervision", "item-ticket", ticket_for(session, learner, medium))
    assert (
        client.as_(learner).post(f"{BASE}/{medium.id}/link", headers={"Kaike-Ticket": forged}).status_code
        == 404
    )
    wrong = foreign_paper("classroom", "ticket", ticket_for(session, learner, medium))
    assert (
        client.as_(learner).post(f"{BASE}/{medium.id}/link", headers={"Kaike-Ticket": wrong}).status_code
        == 404
    )
    clock.advance(seconds=301)
    late = client.as_(learner).post(f"{BASE}/{medium.id}/link", headers=headers)
    assert (late.status_code, late.json["code"]) == (410, "catalog.ticket.expired")


@pytest.mark.parametrize("item", [None, "x", [], {}, {"media_id": None}, 7])
def test_a_ticket_without_a_medium_leads_nowhere(client, session, actor, foreign_paper, clock, item) -> None:
    learner, medium = actor("learner"), testing.medium(session)
    claims = ticket_for(session, learner, medium) | {"item": item}
    headers = {"Kaike-Ticket": foreign_paper("classroom", "item-ticket", claims)}
    assert client.as_(learner).post(f"{BASE}/{medium.id}/link", headers=headers).status_code == 404


def test_staff_without_a_provider_never_make_official_things(client, actor, clock, session) -> None:
    lost = client.as_(actor("registrar"))
    link = {"kind": "video", "name": "外部视频", "url": "https://video.example.com/a.mp4", "seconds": 600}
    upload = {"name": "课.mp4", "size": 10, "kind": "video"}
    made = {
        "media": lost.post(BASE, json=link),
        "uploads": lost.post("/api/v1/catalog/uploads", json=upload),
        "covers": lost.post("/api/v1/catalog/covers", data={"file": (io.BytesIO(b"x"), "a.png")}),
        "courses": lost.post("/api/v1/catalog/courses", json={"name": "课", "chapters": []}),
    }
    codes = {path: (answer.status_code, answer.json["code"]) for path, answer in made.items()}
    assert set(codes.values()) == {(403, "catalog.account.no_provider")}, codes


def test_staff_preview_what_is_theirs_or_official(session, registrar, neighbour, provider_id) -> None:
    own, official = testing.medium(session, owner=provider_id), testing.medium(session)
    assert registrar.post(f"{BASE}/{own.id}/link").status_code == 200
    assert registrar.post(f"{BASE}/{official.id}/link").status_code == 200
    assert neighbour.post(f"{BASE}/{own.id}/link").status_code == 404
    assert neighbour.get(f"{BASE}/{own.id}").status_code == 404


def test_what_is_still_judged_has_no_link(session, registrar, provider_id) -> None:
    medium = testing.medium(session, owner=provider_id, state="processing", key=None)
    answer = registrar.post(f"{BASE}/{medium.id}/link")
    assert (answer.status_code, answer.json["code"]) == (409, "catalog.media.not_ready")


def test_a_linked_video_leads_to_where_it_is(registrar, app, monkeypatch) -> None:
    environ = app.extensions["kaike.runtime"].settings.environ
    monkeypatch.setitem(environ, "KAIKE_MEDIA_ORIGINS", "https://video.example.com")
    body = {"kind": "video", "name": "外部视频", "url": "https://video.example.com/a.mp4", "seconds": 600}
    made = registrar.post(BASE, json=body)
    assert (made.status_code, made.json["linked"], made.json["state"]) == (201, True, "ready")
    assert registrar.post(f"{BASE}/{made.json['id']}/link").json["url"] == body["url"]


def test_a_video_of_a_site_that_no_page_plays_is_not_linked(registrar) -> None:
    body = {"kind": "video", "name": "外部视频", "url": "https://video.example.com/a.mp4", "seconds": 600}
    refused = registrar.post(BASE, json=body)
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "foreign")


def test_a_link_that_is_not_https_names_the_field(registrar) -> None:
    body = {"kind": "video", "name": "外部视频", "url": "http://video.example.com/a.mp4"}
    answer = registrar.post(BASE, json=body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["/url", "/seconds"]


@pytest.mark.parametrize(
    ("query", "names"), [("", ["b", "a"]), ("?kind=document", ["b"]), ("?text=A", ["a"])]
)
def test_the_list_has_only_own_media_newest_first(session, registrar, provider_id, query, names) -> None:
    testing.medium(session, owner=provider_id, name="a")
    testing.medium(session, owner=provider_id, name="b", kind="document")
    testing.medium(session, name="official")
    testing.medium(session, owner=new_id(), name="theirs")
    assert [each["name"] for each in registrar.get(f"{BASE}{query}").json["items"]] == names


@pytest.mark.parametrize(("lives", "seconds"), [(3600, 600), (600, 600), (90, 90)])
def test_a_learners_link_lives_ten_minutes_and_never_beyond_its_ticket(
    app, client, session, actor, clock, foreign_paper, lives: int, seconds: int
) -> None:
    learner, medium = actor("learner"), testing.medium(session)
    ticket = foreign_paper("classroom", "item-ticket", ticket_for(session, learner, medium), lifetime=lives)
    answer = client.as_(learner).post(f"{BASE}/{medium.id}/link", headers={"Kaike-Ticket": ticket})
    found = claims(app, answer.json["url"], clock)
    assert found["exp"] - found["iat"] == seconds


@pytest.mark.parametrize(
    ("now", "status", "code"),
    [
        ({"state": "graduation_review"}, 409, "catalog.class.not_open"),
        ({"state": "graduated"}, 409, "catalog.class.not_open"),
        ({"state": "graduation_review", "epoch": 2}, 410, "catalog.ticket.outdated"),
        ({"epoch": 2}, 410, "catalog.ticket.outdated"),
        ({"epoch": 0}, 503, "projection.pending"),
        ({"state": "opening_review"}, 503, "projection.pending"),
        (None, 503, "projection.pending"),
    ],
)
def test_a_ticket_of_before_the_closing_gets_no_new_link(
    client, session, actor, foreign_paper, now, status: int, code: str
) -> None:
    learner, medium, known = actor("learner"), testing.medium(session), testing.known_class(session)
    said = ticket_for(session, learner, medium, known=known)
    ticket = {"Kaike-Ticket": foreign_paper("classroom", "item-ticket", said)}
    assert client.as_(learner).post(f"{BASE}/{medium.id}/link", headers=ticket).status_code == 200
    if now is None:
        session.delete(known)
    for name, value in (now or {}).items():
        setattr(known, name, value)
    session.flush()
    refused = client.as_(learner).post(f"{BASE}/{medium.id}/link", headers=ticket)
    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_a_ticket_of_after_the_class_was_opened_again_gets_one(client, session, actor, foreign_paper) -> None:
    learner, medium = actor("learner"), testing.medium(session)
    said = ticket_for(session, learner, medium, known=testing.known_class(session, epoch=2))
    ticket = {"Kaike-Ticket": foreign_paper("classroom", "item-ticket", said)}
    assert client.as_(learner).post(f"{BASE}/{medium.id}/link", headers=ticket).status_code == 200
