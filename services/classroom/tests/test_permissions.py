"""Every operation of the service, by its line in the permission table."""

from __future__ import annotations

import pytest
from chassis.testing import check_permissions, operation_cases
from chassis.testing.permissions import fill, stranger
from chassis.web.permissions import operations
from classroom.api.permissions import PERMISSIONS
from classroom.testing import a_graduation, a_ready_class, an_open_class, enrol, person, submitted

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
BODIES = {
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


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_nobody_the_wrong_role_and_strangers_are_kept_out(operation, client, app, session, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    draft = a_ready_class(session, world, now=clock.now)
    enrolment = enrol(session, world, training_class=draft, number=9, now=clock.now)
    if "graduation" in operation or operation == "ask_refund":
        application = a_graduation(session, world, opened, now=clock.now)
    else:
        application = submitted(session, world, draft, now=clock.now)
    roster = operation in {"change_enrolment", "delete_enrolment", "correct_identity", "show_document_number"}

    def real(_operation: str) -> dict[str, object]:
        return {
            "class_id": draft.id if roster or operation == "prepare_opening" else opened.id,
            "application_id": application.id,
            "enrolment_id": enrolment.id,
        }

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
