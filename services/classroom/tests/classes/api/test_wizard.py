"""创建班级: four steps, saved and resumed (K1–K4)."""

from __future__ import annotations

import pytest
from chassis.ids import new_id
from classroom.classes.models import KnownAccount
from classroom.testing import a_draft, a_ready_class, submitted

API = "/api/v1/classroom"


@pytest.fixture
def registrar(client, world):
    return client.as_(world.registrar)


@pytest.fixture
def basic(world):
    return {
        "name": "某企业某岗位第1班",
        "start_day": "2026-03-02",
        "end_day": "2026-03-31",
        "teacher_id": str(world.teacher.account_id),
        "assistant_ids": [str(world.assistant.account_id)],
        "planned_headcount": 11,
        "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
        "category_id": str(world.category_id),
    }


@pytest.fixture
def courses(world):
    return {
        "recorded": True,
        "package": {"package_id": world.package["package_id"], "version": 1},
        "exam": {
            "opens_at": "2026-03-30T00:00:00+08:00",
            "closes_at": "2026-03-31T23:59:00+08:00",
            "attempts": 3,
            "minutes": 15,
        },
    }


SUPERVISION = {
    "real_name": True,
    "check_in": "twice",
    "daily_video_hours": 8,
    "study_windows": [{"from": "08:00", "to": "22:00"}],
}


def put(caller, made, step, body):
    path = f"{API}/classes/{made['id']}/{step}"
    return caller.put(path, json=body, headers={"If-Match": f'"v{made["version"]}"'})


def test_a_class_goes_through_its_steps(registrar, basic, courses):
    made = registrar.post(f"{API}/classes", json={**basic, "type": "vocational_skill"})
    assert made.status_code == 201, made.json
    assert made.headers["ETag"] == f'"v{made.json["version"]}"'
    assert made.json["steps"] == {"basic": True, "courses": False, "supervision": False, "roster": False}
    second = put(registrar, made.json, "courses", courses)
    assert second.status_code == 200, second.json
    assert second.json["courses"]["package"]["name"] == "电工（初级）"
    third = put(registrar, second.json, "supervision", SUPERVISION)
    assert third.status_code == 200, third.json
    assert third.json["supervision"] == SUPERVISION
    assert third.json["policy_version"] == 2
    resumed = registrar.get(f"{API}/classes/{made.json['id']}").json
    assert resumed["steps"]["supervision"] is True
    assert [each["field"] for each in resumed["missing"]] == ["/roster"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "/name"),
        ({"name": None}, "/name"),
        ({"planned_headcount": 501}, "/planned_headcount"),
        ({"planned_headcount": 0}, "/planned_headcount"),
        ({"planned_headcount": "11"}, "/planned_headcount"),
        ({"planned_headcount": 11.0}, "/planned_headcount"),
        ({"announcement": "公" * 141}, "/announcement"),
        ({"region": {"province": "北京市", "city": "北京市"}}, "/region/district"),
        ({"start_day": "2026-2-3"}, "/start_day"),
        ({"end_day": "2026-03-01"}, "/end_day"),
        ({"end_day": "2027-03-03"}, "/end_day"),
        ({"teacher_id": str(new_id())}, "/teacher_id"),
        ({"category_id": str(new_id())}, "/category_id"),
        ({"type": "evening"}, "/type"),
        ({"colour": "red"}, "/colour"),
    ],
)
def test_what_is_wrong_with_a_class_names_its_field(registrar, basic, changes, field):
    answer = registrar.post(f"{API}/classes", json={**basic, "type": "vocational_skill", **changes})
    assert answer.status_code == 422
    assert field in {each["field"] for each in answer.json["errors"]}


def test_an_account_that_was_closed_or_is_another_providers_looks_after_no_class(
    registrar, basic, session, world
):
    for change in ({"active": False}, {"provider_id": new_id()}, {"roles": ["registrar"]}):
        known = session.get(KnownAccount, world.teacher.account_id)
        before = {name: getattr(known, name) for name in change}
        for name, value in change.items():
            setattr(known, name, value)
        answer = registrar.post(f"{API}/classes", json={**basic, "type": "vocational_skill"})
        assert (answer.status_code, answer.json["code"]) == (422, "classroom.class.staff_unknown"), change
        known = session.get(KnownAccount, world.teacher.account_id)
        for name, value in before.items():
            setattr(known, name, value)
    assert registrar.post(f"{API}/classes", json={**basic, "type": "vocational_skill"}).status_code == 201


def test_an_announcement_has_140_characters_not_bytes(registrar, basic):
    body = {**basic, "type": "vocational_skill", "announcement": "公" * 140}
    assert registrar.post(f"{API}/classes", json=body).status_code == 201


def test_a_type_that_needs_live_lessons_is_refused_with_a_reason(registrar, basic):
    answer = registrar.post(f"{API}/classes", json={**basic, "type": "online_live"})
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.class.type_not_offered")


@pytest.mark.parametrize("switch", ["study_photos", "popup_quiz", "feedback", "live"])
def test_a_switch_that_nothing_enforces_is_refused(session, world, clock, registrar, switch):
    draft = a_draft(session, world, now=clock.now)
    made = {"id": draft.id, "version": draft.version}
    answer = put(registrar, made, "supervision", {**SUPERVISION, switch: True})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == f"/{switch}"


def test_another_providers_own_package_cannot_be_chosen(session, world, clock, registrar, courses):
    from classroom.study.testing import package_data
    from classroom.testing import published

    foreign = {**package_data(), "provider_id": str(new_id())}
    session.add(published(foreign, now=clock.now))
    draft = a_draft(session, world, now=clock.now)
    body = {**courses, "package": {"package_id": foreign["package_id"], "version": 1}}
    answer = put(registrar, {"id": draft.id, "version": draft.version}, "courses", body)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.class.package_unknown")


def test_a_class_keeps_its_package_version_until_it_chooses_again(session, world, clock, registrar, courses):
    from classroom.testing import published

    made = a_ready_class(session, world, now=clock.now)
    session.add(published({**world.package, "version": 2}, now=clock.now))
    seen = registrar.get(f"{API}/classes/{made.id}").json
    assert (seen["courses"]["package"]["version"], seen["courses"]["package"]["newest_version"]) == (1, 2)
    body = {**courses, "package": {"package_id": world.package["package_id"], "version": 2}}
    assert put(registrar, seen, "courses", body).json["courses"]["package"]["version"] == 2


def test_a_timetable_is_made_harmless_and_keeps_its_table(session, world, clock, registrar, courses):
    draft = a_draft(session, world, now=clock.now)
    html = (
        '<table><tr><td style="color:red;position:fixed">周三</td></tr></table>'
        '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
    )
    answer = put(
        registrar,
        {"id": draft.id, "version": draft.version},
        "courses",
        {**courses, "offline": True, "timetable": html},
    )
    kept = answer.json["courses"]["timetable"]
    assert "<td" in kept
    assert "color:red" in kept.replace(" ", "")
    assert not any(bad in kept for bad in ("script", "onerror", "javascript", "position"))


@pytest.mark.parametrize(
    "address", ["https://example.com/a.png", "HTTP://example.com/a.png", "//example.com/a.png"]
)
def test_a_timetable_with_a_picture_of_another_site_is_refused_in_words(
    address, session, world, clock, registrar, courses
):
    draft = a_draft(session, world, now=clock.now)
    body = {**courses, "offline": True, "timetable": f'<p>周三</p><img src="{address}">'}
    answer = put(registrar, {"id": draft.id, "version": draft.version}, "courses", body)
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "/timetable")
    assert "图片" in answer.json["errors"][0]["message"]


@pytest.mark.parametrize("written", ["\uffff", "&#xFFFF;", "&#1;"])
def test_a_timetable_with_a_character_that_no_text_may_have_is_refused(
    written, session, world, clock, registrar, courses
):
    draft = a_draft(session, world, now=clock.now)
    body = {**courses, "offline": True, "timetable": f"<p>周{written}三</p>"}
    answer = put(registrar, {"id": draft.id, "version": draft.version}, "courses", body)
    assert answer.status_code == 422
    assert [(each["field"], each["code"]) for each in answer.json["errors"]] == [("/timetable", "unreadable")]


def test_an_edit_names_its_version_and_an_old_one_is_refused(session, world, clock, registrar, basic):
    draft = a_draft(session, world, now=clock.now)
    path = f"{API}/classes/{draft.id}/basic"
    assert registrar.put(path, json=basic).status_code == 428
    seen = {"id": draft.id, "version": draft.version}
    assert put(registrar, seen, "basic", {**basic, "name": "新名字"}).status_code == 200
    assert put(registrar, seen, "basic", basic).status_code == 412


def test_the_headcount_never_goes_under_the_roster(session, world, clock, registrar, basic):
    made = a_ready_class(session, world, now=clock.now, people=3)
    seen = registrar.get(f"{API}/classes/{made.id}").json
    answer = put(registrar, seen, "basic", {**basic, "planned_headcount": 2})
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.class.headcount_below_roster")
    assert put(registrar, seen, "basic", {**basic, "planned_headcount": 3}).status_code == 200


def test_during_a_review_settings_are_locked(session, world, clock, registrar, basic, courses):
    made = a_ready_class(session, world, now=clock.now)
    submitted(session, world, made, now=clock.now)
    seen = registrar.get(f"{API}/classes/{made.id}").json
    for step, body in (("basic", basic), ("courses", courses), ("supervision", SUPERVISION)):
        answer = put(registrar, seen, step, body)
        assert (answer.status_code, answer.json["code"]) == (409, "classroom.class.wrong_state")
    assert registrar.delete(f"{API}/classes/{made.id}").status_code == 409


def test_a_draft_is_deleted_and_the_log_remains(session, world, clock, client, registrar):
    path = f"{API}/classes/{a_ready_class(session, world, now=clock.now).id}"
    assert registrar.delete(path).status_code == 204
    assert registrar.get(path).status_code == 404
    log = client.as_(world.admin).get(f"{API}/audit-log").json["items"]
    assert (log[0]["action"], log[0]["class_name"]) == ("delete_draft", "某企业某岗位第1班")
    assert client.as_(world.admin).get(f"{API}/audit-log.xlsx").status_code == 200


def test_the_list_is_searched_by_state_type_text_and_days(session, world, clock, registrar):
    a_draft(session, world, now=clock.now, name="电工第1班")
    made = a_ready_class(session, world, now=clock.now, name="焊工100%班")
    submitted(session, world, made, now=clock.now)

    def names(**query):
        page = registrar.get(f"{API}/classes", query_string=query).json
        return [each["name"] for each in page["items"]]

    assert names() == ["焊工100%班", "电工第1班"]
    assert names(state="draft") == ["电工第1班"]
    assert names(text="0%") == ["焊工100%班"]
    assert names(type="on_site") == []
    assert names(from_day="2026-04-01") == []
    assert names(to_day="2026-03-02", page_size=1) == ["焊工100%班"]
    row = registrar.get(f"{API}/classes").json["items"][0]
    assert (row["joined"], row["enrolled"], row["audited"], row["state_label"]) == (
        0,
        1,
        "in_review",
        "开班审核中",
    )


def test_a_teacher_sees_only_the_classes_that_are_theirs(session, world, clock, client):
    from classroom.testing import known_account, staff_member

    other = staff_member("别的老师", "class_teacher", provider_id=world.provider_id)
    session.add(known_account(other))
    a_draft(session, world, now=clock.now, name="我的班")
    a_draft(session, world, now=clock.now, name="别人的班", teacher_id=other.account_id, assistant_ids=[])
    listed = client.as_(world.teacher).get(f"{API}/classes").json
    assert [each["name"] for each in listed["items"]] == ["我的班"]


@pytest.mark.parametrize(
    ("days", "exam", "field"),
    [
        (("9999-12-30", "9999-12-31"), None, "/end_day"),
        (("0001-01-01", "0001-01-02"), None, "/start_day"),
        (None, {"opens_at": "0001-01-01T00:00:00+08:00"}, "/exam/opens_at"),
        (None, {"closes_at": "9999-12-31T23:59:59-08:00"}, "/exam/closes_at"),
    ],
)
def test_the_ends_of_the_calendar_are_no_fault(registrar, basic, courses, days, exam, field):
    body = {**basic, "type": "vocational_skill"}
    if days is not None:
        body |= {"start_day": days[0], "end_day": days[1]}
    answer = registrar.post(f"{API}/classes", json=body)
    if exam is not None:
        said = {**courses, "exam": {**courses["exam"], **exam}}
        answer = put(registrar, answer.json, "courses", said)
    assert answer.status_code == 422, answer.json
    assert field in {each["field"] for each in answer.json["errors"]}


@pytest.mark.parametrize(
    ("chosen", "kept"), [({}, "after_window"), ({"answers_shown": "after_attempts"}, "after_attempts")]
)
def test_right_answers_of_the_exam_wait_for_the_window_unless_the_class_chooses_otherwise(
    registrar, basic, courses, chosen, kept
):
    made = registrar.post(f"{API}/classes", json={**basic, "type": "vocational_skill"}).json
    saved = put(registrar, made, "courses", {**courses, "exam": {**courses["exam"], **chosen}})
    assert saved.json["courses"]["exam"]["answers_shown"] == kept
