"""Every operation of the service, by its line in the permission table."""

from __future__ import annotations

import pytest
from chassis.ids import new_id
from chassis.testing import check_permissions, operation_cases
from chassis.testing.permissions import fill, stranger
from chassis.web.permissions import Whose, operations
from classroom.api.permissions import PERMISSIONS
from classroom.testing import (
    a_graduation,
    a_ready_class,
    an_open_class,
    enrol,
    person,
    staff_member,
    submitted,
)

BASIC = {
    "name": "x",
    "start_day": "2026-03-02",
    "end_day": "2026-03-31",
    "teacher_id": "01993000-0000-7000-8000-000000000001",
    "planned_headcount": 11,
    "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
    "category_id": "01993000-0000-7000-8000-000000000001",
}
PLATFORM = frozenset({"platform_reviewer", "platform_admin"})
IDENTITY = {name: value for name, value in person(1).items() if name != "contact"}
COPY = {"name": "x", "start_day": "2026-03-02", "end_day": "2026-03-31"}
BODIES = {
    "copy_class": {"json": COPY},
    "save_class_basic": {"json": BASIC},
    "save_class_courses": {"json": {"recorded": False}},
    "save_class_supervision": {"json": {"real_name": True, "check_in": "once"}},
    "change_class_announcement": {"json": {"announcement": "x"}},
    "change_running_class": {"json": {}},
    "change_planned_headcount": {"json": {"planned_headcount": 12}},
    "prepare_opening": {"json": {}},
    "ask_refund": {"json": {"refund": "1.00", "reason": "x"}},
    "decide_application": {"json": {"decision": "approved"}},
    "add_enrolment": {"json": person(1)},
    "change_enrolment": {"json": person(1)},
    "correct_identity": {"json": {**IDENTITY, "reason": "x"}},
}


def objects(session, world, clock, operation):
    """The path parameters of things that exist, in the state in which the operation could be done."""
    opened = an_open_class(session, world, now=clock.now)
    draft = a_ready_class(session, world, now=clock.now)
    enrolment = enrol(session, world, training_class=draft, number=9, now=clock.now)
    if "graduation" in operation or operation == "ask_refund":
        application = a_graduation(session, world, opened, now=clock.now)
    else:
        application = submitted(session, world, draft, now=clock.now)
    of_draft = {"change_enrolment", "delete_enrolment", "correct_identity", "show_document_number"}
    in_draft = operation in {*of_draft, "prepare_opening"}
    return {
        "class_id": draft.id if in_draft else opened.id,
        "application_id": application.id,
        "enrolment_id": enrolment.id,
    }


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_nobody_the_wrong_role_and_strangers_are_kept_out(operation, client, app, session, world, clock):
    found = objects(session, world, clock, operation)

    def real(_operation: str) -> dict[str, object]:
        return found

    of_learners = PERMISSIONS[operation].roles == {"learner"}  # whose object it is, their own tests try
    of_platform = PERMISSIONS[operation].roles & PLATFORM
    check_permissions(
        client, app, operation, real=None if of_learners or of_platform else real, bodies=BODIES
    )
    if of_platform:  # to whom no class is foreign; the other roles' strangers are tried here
        for method, rule in operations(app)[operation]:
            for role in PERMISSIONS[operation].roles - PLATFORM if "<" in rule else ():
                caller = client.as_(stranger(role))
                answer = caller.call(method, fill(rule, real(operation)), **BODIES.get(operation, {}))
                assert answer.status_code == 404, (role, answer.json)


ASSIGNED = sorted(
    operation
    for operation, permission in PERMISSIONS.items()
    if permission.whose is Whose.ASSIGNED and permission.roles & {"class_teacher", "assistant"}
)


@pytest.mark.parametrize("operation", ASSIGNED)
def test_a_teacher_of_the_same_provider_who_is_not_assigned_is_a_stranger(
    operation, client, app, session, world, clock
):
    found = objects(session, world, clock, operation)
    for method, rule in operations(app)[operation]:
        for role in PERMISSIONS[operation].roles & {"class_teacher", "assistant"} if "<" in rule else ():
            other = staff_member("别班老师", role, provider_id=world.provider_id)
            answer = client.as_(other).call(
                method, fill(rule, found), headers={"If-Match": '"v1"'}, **BODIES.get(operation, {})
            )
            assert answer.status_code == 404, (role, answer.json)


def test_what_one_of_two_hats_may_reach_is_not_reached_under_the_other(client, session, world, clock):
    made = submitted(session, world, a_ready_class(session, world, now=clock.now), now=clock.now)
    both = staff_member(
        "两职", "registrar", "account_manager", provider_id=new_id(), dealer_id=world.dealer_id
    )
    path = f"/api/v1/classroom/classes/{made.class_id}"
    assert client.as_(both).get(path).status_code == 200
    assert client.as_(both).get(path).json["class_password"] is None
    assert client.as_(both).post(f"{path}/roster-exports").status_code == 404
    assert client.as_(both).get(f"{path}/overview").status_code == 404


def test_who_may_not_read_the_roster_may_not_read_the_log_that_names_its_people():
    roster = PERMISSIONS["list_enrolments"].roles
    for operation in ("get_class_audit_log", "list_audit_log", "export_audit_log", "list_class_learning"):
        assert PERMISSIONS[operation].roles <= roster
