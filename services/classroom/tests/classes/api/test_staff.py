"""Members of staff who are switched off stay on their classes, with a hint (K2)."""

from __future__ import annotations

import pytest
from classroom.classes.models import KnownAccount
from classroom.testing import a_ready_class, an_open_class

API = "/api/v1/classroom"


@pytest.fixture
def switch_off(session):
    def switch(person, **changes):
        account = session.get_one(KnownAccount, person.account_id)
        for name, value in (changes or {"active": False}).items():
            setattr(account, name, value)
        session.flush()

    return switch


@pytest.mark.parametrize("changes", [{"active": False}, {"roles": ["registrar"]}])
def test_who_is_switched_off_or_lost_the_role_is_marked_on_the_class_and_in_the_list(
    client, world, session, clock, switch_off, changes
):
    made = an_open_class(session, world, now=clock.now)
    registrar = client.as_(world.registrar)
    assert registrar.get(f"{API}/classes/{made.id}").json["teacher"]["active"] is True
    switch_off(world.teacher, **changes)
    shown = registrar.get(f"{API}/classes/{made.id}").json
    assert (shown["teacher"]["name"], shown["teacher"]["active"]) == (world.teacher.name, False)
    assert [each["active"] for each in shown["assistants"]] == [True]
    row = registrar.get(f"{API}/classes").json["items"][0]
    assert [each["active"] for each in row["staff"]] == [False, True]


def test_who_is_switched_off_cannot_be_chosen(client, world, session, clock, switch_off):
    made = an_open_class(session, world, now=clock.now)
    switch_off(world.teacher)
    registrar = client.as_(world.registrar)
    candidates = registrar.get(f"{API}/staff-candidates").json["items"]
    assert str(world.teacher.account_id) not in [each["account_id"] for each in candidates]
    version = registrar.get(f"{API}/classes/{made.id}").json["version"]
    chosen = {"staff": {"teacher_id": str(world.teacher.account_id), "assistant_ids": []}}
    answer = registrar.patch(
        f"{API}/classes/{made.id}/running-settings", json=chosen, headers={"If-Match": f'"v{version}"'}
    )
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.class.staff_unknown")
    assert "停用" in answer.json["errors"][0]["message"]


def test_a_class_whose_teacher_is_switched_off_is_not_ready_to_open(
    client, world, session, clock, switch_off
):
    made = a_ready_class(session, world, now=clock.now)
    switch_off(world.teacher)
    answer = client.as_(world.registrar).post(f"{API}/classes/{made.id}/openings", json={})
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.opening.settings_incomplete")
    assert [each["field"] for each in answer.json["errors"]] == ["/teacher_id"]
