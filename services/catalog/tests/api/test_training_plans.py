"""The training plan of a package (C3)."""

import pytest
from catalog import testing

PLAN = {
    "teaching_plan": {
        "occupation": "育婴员",
        "skill_level": "初级",
        "headcount": 40,
        "mode": "mixed",
        "place": "光明职业培训学校",
        "time": "2026 年 3 月",
    },
    "courses": [{"course": "婴儿护理", "class_hours": 40, "textbook": "育婴员（初级）"}],
    "lecturers": [
        {
            "teaches": "theory",
            "name": "李老师",
            "education": "本科",
            "title": "讲师",
            "courses": "婴儿护理",
            "employer": "光明职业培训学校",
            "employment": "full_time",
        }
    ],
}


@pytest.fixture
def path(session, provider_id) -> str:
    package = testing.package(session, owner=provider_id)
    return f"/api/v1/catalog/packages/{package.id}/training-plan"


def test_a_plan_with_its_three_parts_is_kept(registrar, path) -> None:
    empty = registrar.get(path)
    assert (empty.json["courses"], empty.headers["ETag"]) == ([], '"v0"')
    answer = registrar.put(path, json=PLAN, headers={"If-Match": empty.headers["ETag"]})
    assert answer.status_code == 200, answer.text
    assert registrar.get(path).json == {**PLAN, "version": 1}
    assert registrar.put(path, json=PLAN, headers={"If-Match": '"v0"'}).status_code == 412


def test_wrong_lines_are_named(registrar, path) -> None:
    bad = {**PLAN, "lecturers": [{**PLAN["lecturers"][0], "teaches": "cooking"}]}
    answer = registrar.put(path, json=bad, headers={"If-Match": '"v0"'})
    assert [error["field"] for error in answer.json["errors"]] == ["/lecturers/0/teaches"]


def test_the_plan_is_the_providers_own(neighbour, platform, path) -> None:
    for stranger in (neighbour, platform):
        assert stranger.get(path).status_code == 404
        assert stranger.put(path, json=PLAN, headers={"If-Match": '"v0"'}).status_code == 404
