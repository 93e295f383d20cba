"""What of an open class can still be changed (K10, K14)."""

from __future__ import annotations

import pytest
from classroom.study.models import StudyClass
from classroom.testing import an_open_class

API = "/api/v1/classroom"


@pytest.fixture
def opened(session, world, clock):
    return an_open_class(session, world, now=clock.now)


def seen_by(caller, class_id):
    return caller.get(f"{API}/classes/{class_id}").json


def change(caller, opened, path, body, method="PUT"):
    version = seen_by(caller, opened.id)["version"]
    return caller.call(
        method,
        f"{API}/classes/{opened.id}/{path}",
        json=body,
        headers={"If-Match": f'"v{version}"'},
    )


def test_the_class_password_is_shown_to_its_provider_only(client, world, opened):
    assert seen_by(client.as_(world.teacher), opened.id)["class_password"] == opened.class_password
    assert seen_by(client.as_(world.manager), opened.id)["class_password"] is None


def test_the_teacher_says_something_else_to_the_learners(client, world, opened):
    answer = change(
        client.as_(world.teacher), opened, "announcement", {"announcement": "作业：提交第2章笔记"}
    )
    assert (answer.status_code, answer.json["announcement"]) == (200, "作业：提交第2章笔记")


def test_the_end_day_moves_later_here_in_study_and_for_the_others(session, client, world, opened, announced):
    registrar = client.as_(world.registrar)
    later = change(registrar, opened, "running-settings", {"end_day": "2026-04-30"}, "PATCH")
    assert later.status_code == 200, later.json
    assert str(session.get(StudyClass, opened.id).end_day) == "2026-04-30"
    assert announced("classroom.class.changed.v1")[-1]["end_day"] == "2026-04-30"
    sooner = change(registrar, opened, "running-settings", {"end_day": "2026-04-01"}, "PATCH")
    assert (sooner.status_code, sooner.json["code"]) == (409, "classroom.class.learners_would_lose")


def test_the_exam_is_only_widened(client, world, opened):
    registrar = client.as_(world.registrar)
    more = change(registrar, opened, "running-settings", {"exam": {"attempts": 5}}, "PATCH")
    assert more.json["courses"]["exam"]["attempts"] == 5
    less = change(registrar, opened, "running-settings", {"exam": {"attempts": 1}}, "PATCH")
    assert less.json["code"] == "classroom.class.learners_would_lose"


def test_what_was_reviewed_is_fixed(client, world, opened):
    registrar = client.as_(world.registrar)
    for body in ({"timetable": "<p>周三</p>"},):
        answer = change(registrar, opened, "running-settings", body, "PATCH")
        assert (answer.status_code, answer.json["code"]) == (409, "classroom.class.fixed_at_opening")
    for body in ({"name": "x"}, {"supervision": {}}, {"planned_headcount": 3}, {"type": "on_site"}):
        assert change(registrar, opened, "running-settings", body, "PATCH").status_code == 422


def test_the_staff_is_changed_and_announced(client, world, opened, announced):
    body = {"staff": {"teacher_id": str(world.teacher.account_id), "assistant_ids": []}}
    answer = change(client.as_(world.registrar), opened, "running-settings", body, "PATCH")
    assert answer.json["assistants"] == []
    assert announced("classroom.class.changed.v1")[-1]["teachers"] == [str(world.teacher.account_id)]


def test_the_planned_headcount_is_the_account_managers_and_never_under_the_roster(client, world, opened):
    assert (
        change(
            client.as_(world.registrar), opened, "planned-headcount", {"planned_headcount": 20}
        ).status_code
        == 403
    )
    manager = client.as_(world.manager)
    more = change(manager, opened, "planned-headcount", {"planned_headcount": 20})
    assert (more.status_code, more.json["planned_headcount"]) == (200, 20)
    less = change(manager, opened, "planned-headcount", {"planned_headcount": 1})
    assert (less.status_code, less.json["code"]) == (409, "classroom.class.headcount_below_roster")


def test_every_change_is_logged_with_who_and_when(client, world, opened, clock):
    registrar = client.as_(world.registrar)
    change(registrar, opened, "running-settings", {"supervision_number": "JG-1"}, "PATCH")
    log = registrar.get(f"{API}/classes/{opened.id}/audit-log").json["items"]
    assert log[0]["actor_name"] == world.registrar.name
    assert log[0]["changes"] == {"supervision_number": ["", "JG-1"]}
    actions = [each["action"] for each in reversed(log)]
    assert actions[:3] == ["create_class", "save_courses", "save_supervision"]
    assert {"submit_opening", "decide_opening", "open"} <= set(actions)
