"""学员管理: person by person (K8–K10, X13)."""

from __future__ import annotations

import pytest
from classroom.roster.models import Enrolment
from classroom.testing import an_open_class, person

API = "/api/v1/classroom"


@pytest.fixture
def registrar(client, world):
    return client.as_(world.registrar)


def add(caller, class_id, number, **changes):
    return caller.post(f"{API}/classes/{class_id}/enrolments", json={**person(number), **changes})


def edit(caller, enrolment, number, *, identity=False, **changes):
    path = f"{API}/classes/{enrolment['class_id']}/enrolments/{enrolment['id']}"
    body = {**person(number), **changes}
    if identity:
        body.pop("contact")
        path += "/identity"
    return caller.put(path, json=body, headers={"If-Match": f'"v{enrolment["version"]}"'})


def test_a_person_is_added_and_counted(registrar, draft):
    added = add(registrar, draft.id, 1)
    assert added.status_code == 201, added.json
    assert added.json["warnings"] == []
    assert added.headers["ETag"] == '"v1"'
    assert registrar.get(f"{API}/classes/{draft.id}").json["enrolled"] == 1


def test_what_is_wrong_names_its_field(registrar, draft):
    answer = add(registrar, draft.id, 1, sex="女", name="")
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.enrolment.wrong")
    assert {each["field"] for each in answer.json["errors"]} == {"/name", "/document_number"}


def test_one_document_number_stands_once_in_a_class(registrar, draft):
    add(registrar, draft.id, 1)
    answer = add(registrar, draft.id, 1, name="另一人")
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.enrolment.document_repeated")


def test_the_planned_headcount_is_the_limit(registrar, draft):
    for number in range(11):
        assert add(registrar, draft.id, number).status_code == 201
    answer = add(registrar, draft.id, 11)
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.roster.full")


def test_a_number_is_found_whole_and_shown_masked(registrar, draft, roster_of):
    add(registrar, draft.id, 1)
    add(registrar, draft.id, 2)
    number = person(1)["document_number"]
    assert roster_of(draft.id, text=number.lower())["total"] == 1
    assert roster_of(draft.id, text=number[:10])["total"] == 0
    assert roster_of(draft.id, text=person(2)["name"])["total"] == 1
    assert roster_of(draft.id, text=person(2)["contact"][-4:])["total"] == 1
    assert roster_of(draft.id, joined="true")["total"] == 0


def test_the_full_number_is_shown_on_the_record_only(registrar, client, world, draft):
    added = add(registrar, draft.id, 1).json
    path = f"{API}/classes/{draft.id}/enrolments/{added['id']}/document-number"
    assert registrar.post(path).json == {"document_number": person(1)["document_number"]}
    assert client.as_(world.assistant).post(path).status_code == 403
    log = registrar.get(f"{API}/classes/{draft.id}/audit-log").json["items"]
    assert log[0]["action"] == "show_document_number"
    assert person(1)["document_number"] not in str(log)


def test_a_class_teacher_sees_a_number_of_an_assigned_class_on_the_record_and_of_no_other(
    registrar, client, world, session, clock, actor, draft
):
    added = add(registrar, draft.id, 1).json
    path = f"{API}/classes/{draft.id}/enrolments/{added['id']}/document-number"
    shown = client.as_(world.teacher).post(path)
    assert (shown.status_code, shown.json) == (200, {"document_number": person(1)["document_number"]})
    log = registrar.get(f"{API}/classes/{draft.id}/audit-log").json["items"]
    assert (log[0]["action"], log[0]["actor_name"]) == ("show_document_number", world.teacher.name)
    elsewhere = actor("class_teacher", provider_id=world.provider_id)
    assert client.as_(elsewhere).post(path).status_code == 404


def test_the_number_is_not_in_the_database(registrar, session, draft):
    added = add(registrar, draft.id, 1).json
    kept = session.query(Enrolment).one()
    number = person(1)["document_number"].encode()
    assert number not in kept.document_sealed
    assert number not in kept.document_index
    assert str(kept.id) == added["id"]


def test_in_draft_a_person_can_be_changed_and_deleted(registrar, draft):
    added = add(registrar, draft.id, 1).json
    changed = edit(registrar, added, 3)
    assert changed.status_code == 200, changed.json
    assert changed.json["name"] == person(3)["name"]
    stale = edit(registrar, added, 5)
    assert stale.status_code == 412
    path = f"{API}/classes/{draft.id}/enrolments/{added['id']}"
    assert registrar.delete(path).status_code == 204
    assert registrar.get(f"{API}/classes/{draft.id}").json["enrolled"] == 0
    assert registrar.delete(path).status_code == 404


def test_from_the_opening_on_nobody_is_deleted_but_people_may_come(session, world, clock, registrar):
    made = an_open_class(session, world, now=clock.now, people=1)
    added = add(registrar, made.id, 5)
    assert added.status_code == 201
    answer = registrar.delete(f"{API}/classes/{made.id}/enrolments/{added.json['id']}")
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.class.wrong_state")


@pytest.fixture
def joined(session, world, clock, registrar):
    """Somebody who has joined an open class."""
    made = an_open_class(session, world, now=clock.now, people=1)
    added = add(registrar, made.id, 5).json
    kept = session.query(Enrolment).filter_by(name=person(5)["name"]).one()
    kept.account_id, kept.account_name, kept.joined_at = world.teacher.account_id, "手机用户", clock.now
    session.flush()
    return {**added, "version": kept.version}


def test_after_joining_only_the_contact_can_be_changed(joined, registrar):
    answer = edit(registrar, joined, 7)
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.enrolment.identity_fixed")
    changed = edit(registrar, joined, 5, contact="新电话", document_number=None)
    assert (changed.status_code, changed.json["contact"]) == (200, "新电话")


def test_the_account_manager_mends_an_identity_with_a_reason(joined, client, world, registrar, announced):
    caller = client.as_(world.manager)
    assert edit(caller, joined, 7, identity=True).status_code == 422
    mended = edit(caller, joined, 7, identity=True, reason="录错一位")
    assert mended.status_code == 200, mended.json
    log = registrar.get(f"{API}/classes/{joined['class_id']}/audit-log").json["items"]
    assert "录错一位" in log[0]["summary"]
    assert announced("classroom.enrolment.changed.v1")[-1]["name"] == person(7)["name"]


def test_another_class_of_the_same_provider_does_not_reach_an_enrolment(
    session, world, clock, registrar, draft
):
    added = add(registrar, draft.id, 1).json
    from classroom.testing import a_draft

    other = a_draft(session, world, now=clock.now)
    answer = registrar.delete(f"{API}/classes/{other.id}/enrolments/{added['id']}")
    assert (answer.status_code, answer.json["code"]) == (404, "classroom.enrolment.not_found")


@pytest.mark.parametrize("name", ["ﷺ" * 10, "ﬃ" * 50, "㍍" * 40], ids=["a phrase", "ligatures", "units"])
def test_a_name_that_grows_when_it_is_compared_is_refused_and_no_fault(registrar, draft, name):
    answer = add(registrar, draft.id, 1, name=name)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.enrolment.wrong"), answer.json
    assert answer.json["errors"][0]["field"] == "/name"
