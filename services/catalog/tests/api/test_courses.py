"""Courses over HTTP (C4, C9)."""

import pytest
from catalog import testing
from chassis.ids import new_id

BASE = "/api/v1/catalog/courses"


@pytest.fixture
def body(session):
    def make(owner=None) -> dict:
        video, document = (
            testing.medium(session, owner=owner),
            testing.medium(session, owner=owner, kind="document"),
        )
        paper = testing.paper(session)
        items = [
            {"kind": "video", "title": "视频", "media_id": str(video.id)},
            {"kind": "document", "title": "文档", "media_id": str(document.id), "reading_seconds": 1200},
            {"kind": "exercise", "title": "练习", "paper_version_id": str(paper.paper_version_id)},
        ]
        return {"name": "线上班级班主任操作培训", "chapters": [{"title": "第一章", "items": items}]}

    return make


def test_a_course_shows_its_durations_and_their_sum(platform, body) -> None:
    answer = platform.post(BASE, json=body())
    assert answer.status_code == 201, answer.text
    course = answer.json
    assert (course["video_seconds"], course["document_seconds"], course["course_seconds"]) == (6, 1200, 1206)
    assert (course["kind"], course["official"], course["ready"]) == ("chapter", True, True)
    assert [item["seconds"] for item in course["chapters"][0]["items"]] == [6, 1200, 0]


def test_a_provider_without_the_addon_builds_no_courses(registrar, body, provider_id) -> None:
    answer = registrar.post(BASE, json=body(provider_id))
    assert (answer.status_code, answer.json["code"]) == (403, "catalog.addon.required")


def test_a_provider_with_the_addon_does(registrar, neighbour, session, body, provider_id) -> None:
    testing.addon(session, provider_id)
    course = registrar.post(BASE, json=body(provider_id)).json
    assert course["official"] is False
    assert registrar.get(f"{BASE}?owner=own").json["total"] == 1
    assert neighbour.get(BASE).json["total"] == 0
    assert neighbour.get(f"{BASE}/{course['id']}").status_code == 404


def test_the_picker_has_two_tabs(registrar, session, provider_id) -> None:
    testing.course(session, name="官方课", video_seconds=939, reading_seconds=1200)
    testing.course(session, owner=provider_id, name="自建课")
    testing.course(session, owner=new_id(), name="他人课")
    official = registrar.get(f"{BASE}?owner=official").json["items"]
    assert [each["name"] for each in official] == ["官方课"]
    assert official[0]["course_seconds"] == 2139
    assert [each["name"] for each in registrar.get(f"{BASE}?owner=own").json["items"]] == ["自建课"]
    assert registrar.get(BASE).json["total"] == 2


def test_an_unfinished_official_course_is_the_platforms_alone(platform, registrar, session) -> None:
    waiting = testing.medium(session, state="processing", key=None, seconds=None)
    course = testing.course(session, items=[{"kind": "video", "title": "视频", "media_id": waiting.id}])
    assert platform.get(f"{BASE}/{course.id}").json["ready"] is False
    assert platform.get(BASE).json["total"] == 1
    assert registrar.get(f"{BASE}/{course.id}").status_code == 404
    assert registrar.get(BASE).json["total"] == 0


def test_an_edit_keeps_the_ids_of_items_that_name_them(platform, body) -> None:
    course = platform.post(BASE, json=body()).json
    items = course["chapters"][0]["items"]
    kept = ("id", "kind", "title", "media_id", "paper_version_id", "reading_seconds")
    wanted = [{name: item[name] for name in kept} for item in reversed(items)]
    wanted[0]["title"] = "改名的练习"
    fresh = {"kind": "document", "title": "新文档", "media_id": items[1]["media_id"], "reading_seconds": 60}
    chapters = [{"title": "第一章", "items": wanted[:2]}, {"title": "第二章", "items": [fresh]}]
    answer = platform.put(
        f"{BASE}/{course['id']}", json={"name": "新名", "chapters": chapters}, headers={"If-Match": '"v1"'}
    )
    assert answer.status_code == 200, answer.text
    first, second = answer.json["chapters"]
    assert [item["id"] for item in first["items"]] == [items[2]["id"], items[1]["id"]]
    assert second["items"][0]["id"] not in {item["id"] for item in items}
    assert answer.json["version"] == 2
    assert platform.get(f"{BASE}/{course['id']}").headers["ETag"] == '"v2"'


def test_an_edit_of_an_older_version_is_refused(platform, body) -> None:
    course = platform.post(BASE, json=body()).json
    wanted = {"name": "新名", "chapters": []}
    path = f"{BASE}/{course['id']}"
    assert platform.put(path, json=wanted, headers={"If-Match": '"v1"'}).status_code == 200
    assert platform.put(path, json=wanted, headers={"If-Match": '"v1"'}).status_code == 412


def test_everything_that_does_not_fit_is_listed(platform, session, body) -> None:
    wanted = body()
    items = wanted["chapters"][0]["items"]
    items[0]["media_id"] = str(testing.medium(session, owner=new_id()).id)
    del items[1]["reading_seconds"]
    items[2]["paper_version_id"] = str(testing.paper(session, kind="exam").paper_version_id)
    answer = platform.post(BASE, json=wanted)
    assert (answer.status_code, answer.json["code"]) == (422, "catalog.course.invalid")
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [
        ("/chapters/0/items/0/media_id", "unknown"),
        ("/chapters/0/items/1/reading_seconds", "required"),
        ("/chapters/0/items/2/paper_version_id", "other_kind"),
    ]
    assert platform.get(BASE).json["total"] == 0


def test_another_providers_paper_cannot_be_used(platform, session, body) -> None:
    wanted = body()
    theirs = testing.paper(session, owner=new_id())
    wanted["chapters"][0]["items"][2]["paper_version_id"] = str(theirs.paper_version_id)
    assert platform.post(BASE, json=wanted).json["errors"][0]["code"] == "unknown"


def test_only_the_platform_changes_official_courses(registrar, session) -> None:
    course = testing.course(session)
    path, headers = f"{BASE}/{course.id}", {"If-Match": '"v1"'}
    assert registrar.put(path, json={"name": "改", "chapters": []}, headers=headers).status_code == 404
    assert registrar.delete(path, headers=headers).status_code == 404


def test_a_course_in_a_package_is_not_deleted(platform, session) -> None:
    used, unused = testing.course(session), testing.course(session)
    testing.package(session, courses=[used])
    headers = {"If-Match": '"v1"'}
    answer = platform.delete(f"{BASE}/{used.id}", headers=headers)
    assert (answer.status_code, answer.json["code"]) == (409, "catalog.course.in_use")
    path = f"{BASE}/{unused.id}"
    assert platform.delete(path, headers=headers).status_code == 204
    assert platform.get(path).status_code == 404


def test_papers_are_listed_by_kind_in_their_newest_version(registrar, session, provider_id) -> None:
    old = testing.paper(session, kind="exam", seconds=3600)
    new = testing.paper(session, kind="exam", seconds=1800)
    new.paper_id, new.paper_version = old.paper_id, 2
    testing.paper(session, kind="exam", owner=new_id())
    testing.paper(session, kind="exercise", owner=provider_id)
    found = registrar.get("/api/v1/catalog/papers?kind=exam").json["items"]
    assert [(each["paper_version_id"], each["version"]) for each in found] == [(str(new.paper_version_id), 2)]
    assert registrar.get("/api/v1/catalog/papers?owner=own").json["total"] == 1
    new.title = "100%结业考试"
    session.flush()
    assert registrar.get("/api/v1/catalog/papers?text=0%25结").json["total"] == 1
    assert registrar.get("/api/v1/catalog/papers?text=%25考").json["total"] == 0


def test_a_switched_off_provider_changes_nothing(client, actor, clock, session, body) -> None:
    off = testing.provider(session, active=False)
    answer = client.as_(actor("registrar", provider_id=off.provider_id)).post(BASE, json=body())
    assert (answer.status_code, answer.json["code"]) == (403, "catalog.provider.inactive")
