"""Lists by number and by key."""

from __future__ import annotations

import base64
import dataclasses
import json
from datetime import UTC, datetime, timedelta

import pytest
from bakery.app import Loaf
from chassis.ids import new_id
from chassis.web.lists import CursorBroken, read_cursor, write_cursor

START = datetime(2026, 1, 1, tzinfo=UTC)


def bake(session, count, *, bakery_id):
    for number in range(count):
        at = START + timedelta(minutes=number // 2)  # pairs share a moment: the id must break the tie
        session.add(
            Loaf(name=f"{number:03d}", price_fen=1, bakery_id=bakery_id, created_at=at, updated_at=at)
        )
    session.flush()


def test_numbered_pages_tell_the_total(client, actor, session):
    someone = actor("registrar", provider_id=new_id())
    bake(session, 45, bakery_id=someone.provider_id)
    bake(session, 3, bakery_id=new_id())
    page = client.as_(someone).get("/api/v1/bakery/loaves?page=3").json
    assert (page["total"], page["page"], page["page_size"]) == (45, 3, 20)
    assert [loaf["name"] for loaf in page["items"]] == ["040", "041", "042", "043", "044"]


def test_a_page_number_that_is_none_is_refused(client, actor):
    caller = client.as_(actor("registrar", provider_id=new_id()))
    for query in ("page=0", "page=x", "page_size=101", "page=1.0", "colour=brown"):
        assert caller.get(f"/api/v1/bakery/loaves?{query}").status_code == 422, query


def test_pages_by_key_meet_every_item_once(client, actor, session):
    bake(session, 25, bakery_id=new_id())
    caller = client.as_(actor("platform_admin"))
    seen, after = [], ""
    while after is not None:
        page = caller.get(f"/api/v1/bakery/loaves/all?limit=10{after and '&after=' + after}").json
        seen += [loaf["name"] for loaf in page["items"]]
        after = page["next"]
    assert sorted(seen) == [f"{number:03d}" for number in range(25)]
    assert seen[0] == "024"
    assert len(seen) == 25


def test_a_cursor_that_was_tampered_with_is_refused(client, actor, session):
    bake(session, 3, bakery_id=new_id())
    caller = client.as_(actor("platform_admin"))
    cursor = caller.get("/api/v1/bakery/loaves/all?limit=1").json["next"]
    for bad in (cursor[:-2] + "AA", "x", "QUJD" * 20):
        answer = caller.get(f"/api/v1/bakery/loaves/all?after={bad}")
        assert (answer.status_code, answer.json["code"]) == (422, "list.cursor_broken"), bad


def test_a_cursor_with_a_made_up_signature_is_refused(client, actor, session):
    bake(session, 3, bakery_id=new_id())
    place = [["created_at", "id"], [{"at": START.isoformat()}, {"id": str(new_id())}]]
    forged = base64.urlsafe_b64encode(bytes(16) + json.dumps(place).encode()).decode().rstrip("=")
    answer = client.as_(actor("platform_admin")).get(f"/api/v1/bakery/loaves/all?after={forged}")
    assert (answer.status_code, answer.json["code"]) == (422, "list.cursor_broken")


def test_a_cursor_of_another_list_or_service_is_refused(app):
    with app.app_context():
        genuine = write_cursor(["name", "id"], ["rye", new_id()])
        assert read_cursor(genuine, ["name", "id"])[0] == "rye"
        with pytest.raises(CursorBroken):
            read_cursor(genuine, ["created_at", "id"])
        runtime = app.extensions["kaike.runtime"]
        other = dataclasses.replace(runtime, settings=dataclasses.replace(runtime.settings, service="mill"))
        app.extensions["kaike.runtime"] = other
        try:
            with pytest.raises(CursorBroken):
                read_cursor(genuine, ["name", "id"])
        finally:
            app.extensions["kaike.runtime"] = runtime
