"""Categories over HTTP (C1)."""

from bus.testing import announced

BASE = "/api/v1/catalog/categories"


def made(platform, name: str, parent: str | None = None) -> dict:
    answer = platform.post(BASE, json={"name": name, "parent_id": parent})
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_category_is_made_with_its_path_and_announced(platform, session) -> None:
    root = made(platform, "职业技能培训")
    leaf = made(platform, "育婴员", root["id"])
    assert leaf["path"] == ["职业技能培训", "育婴员"]
    told = [event.data for event in announced(session, "catalog.category.changed.v1")]
    assert told[-1] == {
        "category_id": leaf["id"],
        "name": "育婴员",
        "path": ["职业技能培训", "育婴员"],
        "parent_id": root["id"],
    }


def test_everyone_who_makes_classes_reads_the_tree(platform, registrar) -> None:
    made(platform, "职业技能培训")
    assert [each["name"] for each in registrar.get(BASE).json["items"]] == ["职业技能培训"]


def test_siblings_have_different_names_at_the_root_too(platform) -> None:
    root = made(platform, "职业技能培训")
    made(platform, "育婴员", root["id"])
    for parent in (None, root["id"]):
        name = "育婴员" if parent else "职业技能培训"
        again = platform.post(BASE, json={"name": name, "parent_id": parent})
        assert (again.status_code, again.json["code"]) == (409, "catalog.category.name_taken")
    assert made(platform, "育婴员")["path"] == ["育婴员"]


def test_a_renamed_category_announces_everything_below_it(platform, session) -> None:
    root = made(platform, "职业技能")
    made(platform, "育婴员", root["id"])
    answer = platform.put(f"{BASE}/{root['id']}", json={"name": "职业技能培训"}, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"v2"')
    paths = [event.data["path"] for event in announced(session, "catalog.category.changed.v1")][-2:]
    assert paths == [["职业技能培训"], ["职业技能培训", "育婴员"]]


def test_a_category_cannot_be_moved_below_itself(platform) -> None:
    root = made(platform, "职业技能培训")
    leaf = made(platform, "育婴员", root["id"])
    body = {"name": "职业技能培训", "parent_id": leaf["id"]}
    answer = platform.put(f"{BASE}/{root['id']}", json=body, headers={"If-Match": '"v1"'})
    assert (answer.status_code, answer.json["code"]) == (422, "catalog.category.inside_itself")


def test_an_edit_says_what_it_edits(platform) -> None:
    root = made(platform, "职业技能培训")
    assert platform.put(f"{BASE}/{root['id']}", json={"name": "新"}).status_code == 428
    stale = platform.put(f"{BASE}/{root['id']}", json={"name": "新"}, headers={"If-Match": '"v7"'})
    assert stale.status_code == 412


def test_the_tree_is_the_platforms(registrar) -> None:
    assert registrar.post(BASE, json={"name": "自建分类"}).status_code == 403


def test_an_unknown_parent_is_named(platform) -> None:
    answer = platform.post(BASE, json={"name": "育婴员", "parent_id": "01994000-0000-7000-8000-000000000001"})
    assert (answer.status_code, answer.json["code"]) == (422, "catalog.category.parent_unknown")
