"""复制 (X1): what a registrar expects of a class made after another one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from classroom.classes.models import AuditEntry, KnownAccount, TrainingClass
from classroom.classes.rules.class_types import ClassType
from classroom.testing import a_draft, a_graduation, a_ready_class, an_open_class, approve

API = "/api/v1/classroom"
SAID = {"name": "某企业某岗位第2班", "start_day": "2026-06-01", "end_day": "2026-06-30"}


@pytest.fixture
def registrar(client, world):
    return client.as_(world.registrar)


def copied(caller, source, **changes):
    return caller.post(f"{API}/classes/{source.id}/copies", json={**SAID, **changes})


def test_a_copy_is_a_draft_with_the_same_settings_and_nobody_in_it(registrar, session, world, clock):
    source = an_open_class(session, world, now=clock.now, people=3, supervision_number="JG-1")
    before = registrar.get(f"{API}/classes/{source.id}").json
    answer = copied(registrar, source, announcement="请加助教微信。")
    assert answer.status_code == 201, answer.json
    made = answer.json
    assert made["id"] != before["id"]
    assert (made["state"], made["enrolled"], made["joined"], made["class_password"]) == ("draft", 0, 0, None)
    assert {name: made[name] for name in SAID} == SAID
    assert (made["announcement"], made["supervision_number"]) == ("请加助教微信。", "")
    for same in ("type", "planned_headcount", "region", "category_id", "training_enterprise", "supervision",
                 "teacher", "assistants"):  # fmt: skip
        assert made[same] == before[same], same
    assert {**made["courses"], "exam": None} == {**before["courses"], "exam": None}
    assert made["steps"] == {"basic": True, "courses": True, "supervision": True, "roster": False}
    assert [each["field"] for each in made["missing"]] == ["/roster"]
    assert answer.headers["ETag"] == f'"v{made["version"]}"'


def test_the_exam_keeps_its_distance_from_the_last_day(registrar, session, world, clock):
    source = a_ready_class(session, world, now=clock.now)
    exam = copied(registrar, source).json["courses"]["exam"]
    assert (exam["attempts"], exam["minutes"]) == (3, 15)
    assert exam["opens_at"] == "2026-06-27T16:00:00.000Z"
    assert exam["closes_at"] == "2026-06-29T16:00:00.000Z"


def test_a_graduated_class_can_be_copied(registrar, session, world, clock):
    source = an_open_class(session, world, now=clock.now)
    application = a_graduation(session, world, source, now=clock.now)
    for person in (world.manager, world.reviewer):
        approve(session, person, application, now=clock.now)
    assert session.get(TrainingClass, source.id).state == "graduated"
    assert copied(registrar, source).json["state"] == "draft"


def test_steps_that_were_not_saved_are_open_in_the_copy_too(registrar, session, world, clock):
    made = copied(registrar, a_draft(session, world, now=clock.now)).json
    assert made["steps"] == {"basic": True, "courses": False, "supervision": False, "roster": False}


def test_who_can_no_longer_look_after_a_class_is_left_out(registrar, session, world, clock):
    source = a_ready_class(session, world, now=clock.now)
    session.get(KnownAccount, world.teacher.account_id).active = False
    made = copied(registrar, source).json
    assert made["teacher"] is None
    assert [each["name"] for each in made["assistants"]] == [world.assistant.name]
    assert [each["field"] for each in made["missing"]] == ["/teacher_id", "/roster"]


def test_who_may_only_assist_now_is_no_teacher_of_the_copy(registrar, session, world, clock):
    source = a_ready_class(session, world, now=clock.now)
    session.get(KnownAccount, world.teacher.account_id).roles = ["assistant"]
    made = copied(registrar, source).json
    assert made["teacher"] is None
    assert [each["name"] for each in made["assistants"]] == [world.assistant.name]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "/name"),
        ({"end_day": "2026-05-31"}, "/end_day"),
        ({"end_day": "2026-07-02"}, "/end_day"),
        ({"start_day": None}, "/start_day"),
        ({"announcement": "公" * 141}, "/announcement"),
        ({"planned_headcount": 5}, "/planned_headcount"),
    ],
)
def test_what_is_wrong_names_its_field(registrar, session, world, clock, changes, field):
    source = a_draft(session, world, now=clock.now, type=ClassType.ON_SITE)
    answer = copied(registrar, source, **changes)
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["errors"]] == [field]


def test_the_log_says_where_it_came_from(registrar, session, world, clock):
    source = a_ready_class(session, world, now=clock.now)
    made = copied(registrar, source).json
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "copy_class")).one()
    assert (str(entry.class_id), entry.class_name) == (made["id"], SAID["name"])
    assert source.name in entry.summary
