"""Five hundred people at once (K8): a handful of statements, however many they are."""

from __future__ import annotations

import io
import time

import pytest
from classroom.classes.models import TrainingClass
from classroom.roster.testing import roster_file
from classroom.testing import a_draft, a_ready_class, an_open_class, approve, submitted

API = "/api/v1/classroom"


@pytest.mark.parametrize("people", [5, 500])
def test_an_import_takes_the_same_few_statements_for_five_as_for_five_hundred(
    session, world, clock, client, counted, people, record_property
):
    draft = a_draft(session, world, now=clock.now, planned_headcount=500)
    content = roster_file(range(people))
    began = time.perf_counter()
    with counted() as statements:
        answer = client.as_(world.registrar).post(
            f"{API}/classes/{draft.id}/roster-imports",
            data={"file": (io.BytesIO(content), "a.xlsx")},
            content_type="multipart/form-data",
        )
    seconds = time.perf_counter() - began
    assert answer.status_code == 200, answer.json
    assert answer.json["added"] == people
    record_property("seconds", round(seconds, 3))
    print(f"{people} people: {seconds:.3f} s, {len(statements)} statements")  # noqa: T201
    assert len(statements) <= 20


def imported(caller, class_id, people):
    answer = caller.post(
        f"{API}/classes/{class_id}/roster-imports",
        data={"file": (io.BytesIO(roster_file(people)), "a.xlsx")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200, answer.json


def test_five_hundred_are_announced_together_when_their_class_opens(
    session, world, clock, client, counted, announced
):
    made = a_ready_class(session, world, now=clock.now, people=0, planned_headcount=500)
    imported(client.as_(world.registrar), made.id, range(500))
    application = submitted(session, world, session.get(TrainingClass, made.id), now=clock.now)
    approve(session, world.manager, application, now=clock.now)
    with counted() as statements:
        approve(session, world.reviewer, application, now=clock.now)
    assert len(announced("classroom.enrolment.changed.v1")) == 500
    assert len(statements) <= 40


def test_five_hundred_that_come_to_an_open_class_are_announced_together(
    session, world, clock, client, counted, announced
):
    opened = an_open_class(session, world, now=clock.now, people=1, planned_headcount=500)
    with counted() as statements:
        imported(client.as_(world.registrar), opened.id, range(1, 500))
    assert len(announced("classroom.enrolment.changed.v1")) == 500
    assert len(statements) <= 25
