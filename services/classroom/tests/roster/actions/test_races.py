"""Two imports at once, and what only the database can hold (K8, K10)."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from chassis.db import refusing, transaction
from chassis.testing import race
from classroom.classes.models import TrainingClass
from classroom.roster.models import Enrolment
from classroom.roster.testing import roster_file
from classroom.testing import a_draft, a_ready_class, a_world
from sqlalchemy.exc import IntegrityError

API = "/api/v1/classroom"


def upload(committed, actor, class_id, people):
    content = roster_file(people)

    def post():
        return committed.client.as_(actor).post(
            f"{API}/classes/{class_id}/roster-imports",
            data={"file": (io.BytesIO(content), "a.xlsx")},
            content_type="multipart/form-data",
        )

    return post


@pytest.fixture
def made(committed, clock):
    """A committed world and a draft with room for eleven."""
    with transaction(committed.sessions()) as session:
        world = a_world(session, now=clock.now)
        return world, a_draft(session, world, now=clock.now).id


def test_of_two_imports_that_do_not_both_fit_one_wins(committed, made):
    world, class_id = made
    answers = race(
        upload(committed, world.registrar, class_id, range(8)),
        upload(committed, world.admin, class_id, range(100, 108)),
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    refused = next(each.json for each in answers if each.status_code == 409)
    assert refused["code"] == "classroom.roster.full"
    with transaction(committed.sessions()) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Enrolment)) == 8
        assert session.get(TrainingClass, class_id).enrolled == 8


def test_of_two_imports_of_one_file_the_second_finds_everybody_there(committed, made):
    world, class_id = made
    answers = race(
        upload(committed, world.registrar, class_id, range(5)),
        upload(committed, world.admin, class_id, range(5)),
    )
    assert [each.status_code for each in answers] == [200, 200]
    assert sorted(each.json["added"] for each in answers) == [0, 5]
    with transaction(committed.sessions()) as session:
        assert session.get(TrainingClass, class_id).enrolled == 5


def test_the_database_itself_refuses_a_headcount_under_the_roster(session, world, clock):
    made = a_ready_class(session, world, now=clock.now, people=3)
    change = sa.update(TrainingClass).where(TrainingClass.id == made.id).values(planned_headcount=2)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(change)


def test_the_database_itself_refuses_a_document_number_twice(session, world, clock):
    made = a_ready_class(session, world, now=clock.now, people=1)
    kept = session.scalars(sa.select(Enrolment)).one()
    columns = {c.key: getattr(kept, c.key) for c in Enrolment.__mapper__.columns if c.key != "id"}
    from classroom.roster.actions.judge import DocumentRepeated

    with pytest.raises(DocumentRepeated), refusing(session, {"uq_enrolments_document": DocumentRepeated()}):
        session.add(Enrolment(**{**columns, "class_id": made.id}))
