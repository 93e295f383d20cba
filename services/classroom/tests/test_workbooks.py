"""Every workbook that classroom gives out: what people typed is text in it, never a formula (K11, X11), and one
unreadable character in old data breaks none."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from chassis.web.openapi import document
from classroom.api.downloads import XLSX
from classroom.classes.models import AuditEntry, TrainingClass
from classroom.roster.models import Enrolment
from classroom.roster.testing import row, saved, workbook
from classroom.testing import World, a_draft, person
from files.testing import texts_of_workbook

API = "/api/v1/classroom"
HOSTILE = ["=HYPERLINK(A1)", "+SUM(A:A)", "-A1", "@A1", "=张三", "#N/A", "#REF!", "\t=A1", "TRUE"]
OLD = "=张\uffff三\u0085\ufdd0"
"""As it was kept before unreadable characters were refused."""


@pytest.fixture
def full(session: Any, client: Any, world: World, clock: Any) -> TrainingClass:
    """A class on whose roster and in whose log everything begins like a formula or has what no workbook can carry."""
    made = a_draft(session, world, now=clock.now)
    for number, _ in enumerate(HOSTILE):
        client.as_(world.registrar).post(f"{API}/classes/{made.id}/enrolments", json=person(number))
    for enrolment, text in zip(session.scalars(sa.select(Enrolment)), HOSTILE, strict=True):
        enrolment.name, enrolment.contact = text, text + OLD
    made.name = "=A1"
    for text in [*HOSTILE, OLD]:
        session.add(
            AuditEntry(
                id=new_id(),
                class_id=made.id,
                class_name=text,
                provider_id=world.provider_id,
                at=clock.now,
                actor_id=None,
                actor_name=text,
                action="copy",
                summary=text,
            )
        )
    session.flush()
    return made


def roster_export(client: Any, world: World, full: TrainingClass) -> bytes:
    return client.as_(world.registrar).post(f"{API}/classes/{full.id}/roster-exports").data


def roster_template(client: Any, world: World, full: TrainingClass) -> bytes:
    return client.as_(world.registrar).get(f"{API}/roster-template").data


def audit_log(client: Any, world: World, full: TrainingClass) -> bytes:
    return client.as_(world.admin).get(f"{API}/audit-log.xlsx").data


def marked_file(client: Any, world: World, full: TrainingClass) -> bytes:
    book = workbook([row(1, sex="")])
    for number, text in enumerate(HOSTILE, start=3):
        for place in range(1, 8):
            cell: Any = book.active.cell(row=number, column=place)
            cell.value = text
            cell.data_type = "s"
    answer = client.as_(world.registrar).post(
        f"{API}/classes/{full.id}/roster-imports",
        data={"file": (io.BytesIO(saved(book)), "名单.xlsx")},
        content_type="multipart/form-data",
    )
    return client.anonymous.get(answer.json["marked_file"]).data


WORKBOOKS: dict[str, Callable[[Any, World, TrainingClass], bytes]] = {
    "export_roster": roster_export,
    "get_roster_template": roster_template,
    "export_audit_log": audit_log,
    "get_marked_file": marked_file,
}
"""Operation → how to get its workbook."""


def test_every_operation_that_answers_with_a_workbook_is_tried_here(client: Any) -> None:
    answering = {
        operation["operationId"]
        for path in document(client.app)["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        and any(XLSX in each.get("content", {}) for each in operation["responses"].values())
    }
    assert answering == set(WORKBOOKS)


@pytest.mark.parametrize("operation", WORKBOOKS)
def test_what_people_typed_leaves_as_text_and_never_as_a_formula(operation, client, world, full) -> None:
    texts = texts_of_workbook(WORKBOOKS[operation](client, world, full))
    assert texts


@pytest.mark.parametrize("operation", ["export_roster", "export_audit_log"])
def test_an_unreadable_character_in_old_data_breaks_no_export(operation, client, world, full) -> None:
    texts = texts_of_workbook(WORKBOOKS[operation](client, world, full))
    assert any("=张三" in text for text in texts)
