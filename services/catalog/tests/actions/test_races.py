"""Two at once leave one winner and a clear answer for the other, on both databases."""

import pytest
import sqlalchemy as sa
from bus.tables import outbox
from catalog import testing
from catalog.actions.change_course import change_course
from catalog.actions.publish_package import publish_package
from catalog.models import Category, PackageVersion
from catalog.rules.ownership import Scope
from chassis.ids import new_id
from chassis.testing import race
from sqlalchemy.exc import OperationalError

BASE = "/api/v1/catalog"


@pytest.fixture
def scene(committed, actor, clock):
    """A provider's package, ready to be published, and two of its registrars."""
    with committed.sessions() as session:
        owner = testing.provider(session).provider_id
        package = testing.package(session, owner=owner)
        package_id, category_id = package.id, package.category_id
        session.commit()
    people = [committed.client.as_(actor("registrar", provider_id=owner)) for _ in range(2)]
    return people, package_id, category_id


def statuses(answers) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_publishers_make_one_version(committed, scene) -> None:
    people, package_id, _ = scene
    answers = race(*[lambda who=who: who.post(f"{BASE}/packages/{package_id}/versions") for who in people])
    assert statuses(answers) == [201, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert lost.json["code"] == "catalog.package.nothing_to_publish"
    with committed.sessions() as session:
        assert [row.number for row in session.query(PackageVersion)] == [1]
        types = [row.type for row in session.execute(outbox.select())]
        assert types.count("catalog.package.published.v1") == 1


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_publishing_waits_for_an_edit_of_a_course_in_flight(committed, clock) -> None:
    with committed.sessions() as session:
        course = testing.course(session)
        course_id, package_id = course.id, testing.package(session, courses=[course]).id
        session.commit()
    platform = Scope(provider_id=None, official=True)
    with committed.sessions() as editing, committed.sessions() as publishing:
        how = {"scope": platform, "expected_version": 1, "name": "改过的课", "chapters": [], "now": clock.now}
        change_course(editing, course_id, **how)
        publishing.execute(sa.text("SET LOCAL lock_timeout = '200ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            publish_package(publishing, package_id, scope=platform, account_id=new_id(), now=clock.now)


def test_two_editors_of_one_draft(scene) -> None:
    people, package_id, category_id = scene
    body = {"name": "新名", "category_id": str(category_id)}
    headers = {"If-Match": '"v1"'}
    path = f"{BASE}/packages/{package_id}"
    answers = race(*[lambda who=who: who.put(path, json=body, headers=headers) for who in people])
    assert statuses(answers) == [200, 412]


def test_two_parts_at_one_offset(committed, actor, clock) -> None:
    who = committed.client.as_(actor("platform_admin"))
    upload = who.post(f"{BASE}/uploads", json={"name": "课", "size": 8, "kind": "video"}).json
    path, headers = f"{BASE}/uploads/{upload['id']}", {"Upload-Offset": "0"}
    answers = race(
        *[lambda data=data: who.patch(path, data=data, headers=headers) for data in (b"aaaa", b"bbbb")]
    )
    assert statuses(answers) == [200, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert (lost.json["code"], lost.json["offset"]) == ("catalog.upload.offset_wrong", 4)
    assert who.get(path).json["offset"] == 4


def test_two_categories_of_one_name(committed, actor, clock) -> None:
    who = committed.client.as_(actor("platform_admin"))
    answers = race(*[lambda: who.post(f"{BASE}/categories", json={"name": "育婴员"})] * 2)
    assert statuses(answers) == [201, 409]


def test_two_moves_cannot_close_a_ring(committed, actor, clock) -> None:
    with committed.sessions() as session:
        first, second = testing.category(session, name="甲"), testing.category(session, name="乙")
        ids = {"甲": first.id, "乙": second.id}
        session.commit()
    who = committed.client.as_(actor("platform_admin"))

    def move(name: str, below: str):
        body = {"name": name, "parent_id": str(ids[below])}
        return who.put(f"{BASE}/categories/{ids[name]}", json=body, headers={"If-Match": '"v1"'})

    answers = race(lambda: move("甲", "乙"), lambda: move("乙", "甲"))
    assert statuses(answers) == [200, 422]
    with committed.sessions() as session:
        assert sum(row.parent_id is None for row in session.query(Category)) == 1
