"""Five hundred people at once (K8): a handful of statements, however many they are."""

from __future__ import annotations

import io
import time

import pytest
from classroom.roster.testing import roster_file
from classroom.testing import a_draft

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
