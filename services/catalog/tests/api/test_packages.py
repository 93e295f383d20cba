"""Packages over HTTP (C1, C5–C9)."""

import pytest
from bus.testing import announced
from catalog import testing
from chassis.ids import new_id

BASE = "/api/v1/catalog/packages"
IF_1 = {"If-Match": '"v1"'}


def test_a_registrar_composes_a_package_from_official_courses_without_the_addon(
    registrar, session, package_body
) -> None:
    courses = [
        testing.course(session, name="甲", video_seconds=939, reading_seconds=1200),
        testing.course(session, name="乙", video_seconds=507, reading_seconds=600),
    ]
    answer = registrar.post(BASE, json=package_body(courses=[str(course.id) for course in courses]))
    assert answer.status_code == 201, answer.text
    package = answer.json
    assert [course["name"] for course in package["courses"]] == ["甲", "乙"]
    assert [course["course_seconds"] for course in package["courses"]] == [2139, 1107]
    assert package["totals"] == {
        "video_seconds": 1446,
        "document_seconds": 1800,
        "mock_seconds": 0,
        "course_seconds": 3246,
        "class_hours": 1,
    }
    assert (package["official"], package["editable"], package["published_version"]) == (False, True, None)


def test_publishing_freezes_and_announces_it(registrar, session, package_body, provider_id) -> None:
    exam = testing.paper(session, kind="exam", seconds=3600)
    body = package_body(exam_needed=True, exam_paper_version_id=str(exam.paper_version_id))
    package = registrar.post(BASE, json=body).json
    version = registrar.post(f"{BASE}/{package['id']}/versions")
    assert version.status_code == 201, version.text
    assert version.json["number"] == 1
    (event,) = announced(session, "catalog.package.published.v1")
    assert event.data["package_id"] == package["id"]
    assert event.data["provider_id"] == str(provider_id)
    assert event.data["exam"] == {
        "paper_version_id": str(exam.paper_version_id),
        "title": exam.title,
        "seconds": 3600,
    }
    items = event.data["courses"][0]["items"]
    assert [(item["kind"], item["seconds"]) for item in items] == [
        ("video", 6),
        ("document", 10),
        ("exercise", 0),
    ]
    assert set(items[0]) == {"item_id", "kind", "title", "seconds", "media_id", "paper_version_id"}
    assert event.data["totals"]["course_seconds"] == 16


def test_a_list_of_packages_takes_as_many_statements_as_one_package(
    registrar, session, package_body, provider_id, counted
) -> None:
    category = str(testing.category(session).id)
    taken = []
    for number in range(3):
        picture = testing.medium(session, owner=provider_id, kind="image")
        cover = testing.medium(session, owner=provider_id, kind="cover")
        body = package_body(name=f"包{number}", category_id=category, courses=[])
        body |= {"category_id": category, "courses": [str(testing.course(session).id)]}
        body |= {"cover_media_id": str(cover.id), "introduction": f'<img data-media="{picture.id}">'}
        assert registrar.post(BASE, json=body).status_code == 201
        with counted() as seen:
            page = registrar.get(BASE).json
        assert all(package["cover_url"] for package in page["items"])
        taken.append(len(seen))
    assert taken == [taken[0]] * 3


@pytest.mark.parametrize("number", ["2147483648", "9" * 30])
def test_a_version_number_beyond_all_numbers_is_not_found(registrar, package_body, number: str) -> None:
    package = registrar.post(BASE, json=package_body()).json
    answer = registrar.get(f"{BASE}/{package['id']}/versions/{number}")
    assert (answer.status_code, answer.json["code"]) == (404, "catalog.package.version_not_found")


def test_publishing_the_same_draft_twice_is_a_conflict(registrar, session, package_body) -> None:
    package = registrar.post(BASE, json=package_body()).json
    path = f"{BASE}/{package['id']}/versions"
    assert registrar.post(path).status_code == 201
    again = registrar.post(path)
    assert (again.status_code, again.json["code"]) == (409, "catalog.package.nothing_to_publish")
    assert len(announced(session, "catalog.package.published.v1")) == 1


def test_a_version_stays_as_it_was_when_draft_and_course_change(
    registrar, platform, session, package_body
) -> None:
    course = testing.course(session)
    body = package_body(courses=[str(course.id)])
    package = registrar.post(BASE, json=body).json
    path = f"{BASE}/{package['id']}"
    first = registrar.post(f"{path}/versions").json
    changed = registrar.put(path, json={**body, "name": "新名"}, headers=IF_1)
    assert changed.json["changed_since_published"] is True
    shorter = {"name": "改过的课", "chapters": []}
    platform.put(f"/api/v1/catalog/courses/{course.id}", json=shorter, headers=IF_1)
    assert registrar.get(f"{path}/versions/1").json == first
    assert registrar.post(f"{path}/versions").status_code == 422


def test_versions_are_numbered_and_listed_newest_first(registrar, package_body) -> None:
    body = package_body()
    package = registrar.post(BASE, json=body).json
    path = f"{BASE}/{package['id']}"
    registrar.post(f"{path}/versions")
    registrar.put(path, json={**body, "play_order": "free"}, headers=IF_1)
    assert registrar.post(f"{path}/versions").json["number"] == 2
    assert [each["number"] for each in registrar.get(f"{path}/versions").json["items"]] == [2, 1]
    assert registrar.get(path).json["published_version"] == 2
    assert registrar.get(f"{path}/versions/3").json["code"] == "catalog.package.version_not_found"


def test_what_is_missing_is_told_all_at_once(registrar, session, package_body) -> None:
    waiting = testing.medium(session, state="processing", key=None, seconds=None)
    course = testing.course(session, items=[{"kind": "video", "title": "视频一", "media_id": waiting.id}])
    body = package_body(courses=[str(course.id)], exam_needed=True)
    package = registrar.post(BASE, json=body).json
    answer = registrar.post(f"{BASE}/{package['id']}/versions")
    assert (answer.status_code, answer.json["code"]) == (422, "catalog.package.not_publishable")
    assert [error["code"] for error in answer.json["errors"]] == ["processing", "required"]
    assert announced(session, "catalog.package.published.v1") == []


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"category_id": str(new_id())}, "/category_id", "unknown"),
        ({"cover_media_id": str(new_id())}, "/cover_media_id", "unknown"),
        ({"courses": [str(new_id())]}, "/courses/0", "unknown"),
        ({"exam_needed": True, "exam_paper_version_id": str(new_id())}, "/exam_paper_version_id", "unknown"),
        (
            {"exam_needed": False, "exam_paper_version_id": str(new_id())},
            "/exam_paper_version_id",
            "not_allowed",
        ),
        ({"minutes_per_class_hour": 0}, "/minutes_per_class_hour", "invalid"),
        ({"minutes_per_class_hour": 45.0}, "/minutes_per_class_hour", "invalid"),
        ({"play_order": "random"}, "/play_order", "invalid"),
        ({"name": "  "}, "/name", "invalid"),
        ({"name": None}, "/name", "invalid"),
        ({"price": 1}, "/price", "unknown"),
        ({"introduction": f'<img data-media="{new_id()}">'}, "/introduction", "unknown"),
    ],
)
def test_bad_fields_are_named_and_nothing_is_made(registrar, package_body, changed, field, code) -> None:
    answer = registrar.post(BASE, json={**package_body(), **changed})
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]
    assert registrar.get(BASE).json["total"] == 0


def test_a_course_is_in_a_package_once(registrar, session, package_body) -> None:
    course = str(testing.course(session).id)
    answer = registrar.post(BASE, json=package_body(courses=[course, course]))
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [
        ("/courses/1", "duplicate")
    ]


def test_the_introduction_is_sanitised_and_its_pictures_get_links(
    registrar, session, package_body, provider_id
) -> None:
    picture = testing.medium(session, owner=provider_id, kind="image")
    html = f'<p onclick="x()"><u>线</u></p><script>x()</script><img data-media="{picture.id}">'
    body = package_body(introduction=html)
    package = registrar.post(BASE, json=body).json
    shown = package["introduction"]
    assert shown.startswith(f'<p><u>线</u></p><img data-media="{picture.id}" src="/media/')
    assert "script" not in shown
    path = f"{BASE}/{package['id']}"
    again = registrar.put(path, json={**body, "introduction": shown}, headers=IF_1)
    assert again.json["introduction"].count("src=") == 1


def test_a_picture_of_another_provider_is_not_shown(registrar, session, package_body) -> None:
    theirs = testing.medium(session, owner=new_id(), kind="image")
    answer = registrar.post(BASE, json=package_body(introduction=f'<img data-media="{theirs.id}">'))
    assert answer.status_code == 422


def test_the_order_of_courses_is_kept_and_changed(registrar, session, package_body) -> None:
    ids = [str(testing.course(session, name=name).id) for name in "甲乙丙"]
    body = package_body(courses=ids)
    package = registrar.post(BASE, json=body).json
    answer = registrar.put(f"{BASE}/{package['id']}", json={**body, "courses": ids[::-1]}, headers=IF_1)
    assert [course["name"] for course in answer.json["courses"]] == ["丙", "乙", "甲"]
    assert answer.headers["ETag"] == '"v2"'


def test_others_see_official_packages_as_they_were_published(platform, registrar, package_body) -> None:
    body = package_body(name="官方课程包")
    package = platform.post(BASE, json=body).json
    path = f"{BASE}/{package['id']}"
    assert registrar.get(path).status_code == 404
    assert registrar.get(BASE).json["total"] == 0
    platform.post(f"{path}/versions")
    platform.put(path, json={**body, "name": "正在修改"}, headers=IF_1)
    seen = registrar.get(path).json
    assert (seen["name"], seen["editable"], seen["official"]) == ("官方课程包", False, True)
    listed = registrar.get(f"{BASE}?owner=official&published=true").json["items"]
    assert [each["name"] for each in listed] == ["官方课程包"]
    assert registrar.get(f"{BASE}?owner=own").json["total"] == 0
    assert registrar.put(path, json=body, headers=IF_1).status_code == 404


def test_a_category_stands_for_everything_below_it(registrar, session, package_body) -> None:
    root = testing.category(session, name="职业技能培训")
    leaf = testing.category(session, name="育婴员", parent=root)
    other = testing.category(session, name="安全生产")
    registrar.post(BASE, json=package_body(category_id=str(leaf.id)))
    found = registrar.get(f"{BASE}?category_id={root.id}").json["items"]
    assert [each["category_path"] for each in found] == [["职业技能培训", "育婴员"]]
    assert registrar.get(f"{BASE}?category_id={other.id}").json["total"] == 0


def test_a_draft_is_deleted_and_a_published_package_is_not(registrar, package_body) -> None:
    category = package_body()["category_id"]
    draft = registrar.post(BASE, json=package_body(category_id=category)).json
    kept = registrar.post(BASE, json=package_body(category_id=category)).json
    registrar.post(f"{BASE}/{kept['id']}/versions")
    assert registrar.delete(f"{BASE}/{draft['id']}", headers=IF_1).status_code == 204
    answer = registrar.delete(f"{BASE}/{kept['id']}", headers=IF_1)
    assert (answer.status_code, answer.json["code"]) == (409, "catalog.package.was_published")


def test_nobody_sees_another_providers_package(registrar, neighbour, platform, package_body) -> None:
    package = registrar.post(BASE, json=package_body()).json
    path = f"{BASE}/{package['id']}"
    registrar.post(f"{path}/versions")
    body = package_body(category_id=package["category_id"])
    for stranger in (neighbour, platform):
        assert stranger.get(path).status_code == 404
        assert stranger.get(f"{path}/versions").status_code == 404
        assert stranger.get(f"{path}/versions/1").status_code == 404
        assert stranger.put(path, json=body, headers=IF_1).status_code == 404
        assert stranger.post(f"{path}/versions").status_code == 404
        assert stranger.delete(path, headers=IF_1).status_code == 404
        assert stranger.get(BASE).json["total"] == 0


def test_the_same_idempotency_key_makes_one_package(registrar, package_body) -> None:
    body, headers = package_body(), {"Idempotency-Key": "one"}
    first = registrar.post(BASE, json=body, headers=headers)
    second = registrar.post(BASE, json=body, headers=headers)
    assert first.json["id"] == second.json["id"]
    assert registrar.get(BASE).json["total"] == 1


def test_an_introduction_that_is_made_to_be_slow_is_refused(registrar, package_body) -> None:
    answer = registrar.post(BASE, json=package_body(introduction="<a><b><i>" * 2000))
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == ["/introduction"]
