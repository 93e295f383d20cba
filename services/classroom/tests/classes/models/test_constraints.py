"""What must not happen is refused by the database itself, whatever an action forgets."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from chassis.db.violations import violates
from chassis.ids import new_id
from classroom.classes.models import Application, ClassStaff, ReviewDecision, TrainingClass
from classroom.models.base import db
from classroom.testing import a_graduation, a_ready_class, an_open_class, approve, submitted
from sqlalchemy.exc import IntegrityError


def refused(session: Any, constraint: str, statement: Any) -> bool:
    """Whether the database refuses the statement, naming this constraint."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        session.execute(statement)
    return violates(caught.value, constraint, db.metadata)


def copy_of(row: Any, **changes: Any) -> Any:
    columns = {column.key: getattr(row, column.key) for column in type(row).__mapper__.columns}
    return sa.insert(type(row)).values(**{**columns, "id": new_id(), **changes})


def change(row: Any, **values: Any) -> Any:
    return sa.update(type(row)).where(type(row).id == row.id).values(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("ck_training_classes_state", {"state": "closed"}),
        ("ck_training_classes_type", {"type": "evening"}),
        ("ck_training_classes_days", {"end_day": sa.text("'2020-01-01'")}),
        ("ck_training_classes_planned_headcount", {"planned_headcount": 501}),
        ("ck_training_classes_enrolled", {"enrolled": 12}),
        ("ck_training_classes_announcement", {"announcement": "公" * 141}),
        ("ck_training_classes_package", {"package_version": None}),
        ("ck_training_classes_exam", {"exam_attempts": None}),
        ("ck_training_classes_password", {"class_password": None, "opened_at": None}),
        ("ck_training_classes_opened", {"opened_at": None}),
        ("ck_training_classes_graduated", {"state": "graduated"}),
        ("ck_training_classes_epoch", {"epoch": 0}),
    ],
)
def test_an_open_class_cannot_become(session, world, clock, constraint, values):
    opened = an_open_class(session, world, now=clock.now)
    if constraint == "ck_training_classes_announcement" and session.get_bind().dialect.name == "postgresql":
        values = {"announcement": sa.cast("公" * 140, sa.Text)}  # the column's own length refuses 141 before
        session.execute(change(opened, **values))
        return
    if constraint == "ck_training_classes_days":
        values = {"end_day": opened.start_day.replace(year=2020)}
    assert refused(session, constraint, change(opened, **values))


def test_two_open_classes_never_have_one_password(session, world, clock):
    first = an_open_class(session, world, now=clock.now)
    second = an_open_class(session, world, now=clock.now)
    same = change(second, class_password=first.class_password)
    assert refused(session, "uq_training_classes_open_password", same)


def test_a_class_has_one_pending_application_and_one_teacher(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    assert refused(session, "uq_applications_pending", copy_of(application))
    another = sa.insert(ClassStaff).values(class_id=made.id, account_id=new_id(), duty="teacher")
    assert refused(session, "uq_class_staff_teacher", another)


def test_a_class_is_opened_by_one_application_only(session, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    approved = session.scalars(sa.select(Application).where(Application.class_id == opened.id)).one()
    assert refused(session, "uq_applications_approved", copy_of(approved))


def test_nothing_unpriced_is_submitted_and_nothing_unbilled_is_reviewed(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    assert refused(session, "ck_applications_submitted_priced", change(application, quote="pending"))
    assert refused(session, "ck_applications_priced", change(application, agreement_id=None))
    assert refused(session, "ck_applications_submitted", change(application, submitted_at=None))
    opened = an_open_class(session, world, now=clock.now)
    graduation = a_graduation(session, world, opened, now=clock.now)
    assert refused(session, "ck_applications_reviewed_billed", change(graduation, billed_headcount=None))
    assert refused(session, "ck_applications_counts", change(graduation, finished_count=3))
    assert refused(session, "ck_applications_refund_asked", change(graduation, refund_asked_fen=10**9))
    asked = change(graduation, refund_asked_fen=100, refund_fen=101)
    assert refused(session, "ck_applications_refund", asked)


def test_a_stage_is_decided_once_and_by_two_people(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    approve(session, world.manager, application, now=clock.now)
    first = session.scalars(sa.select(ReviewDecision)).one()
    assert refused(session, "uq_review_decisions_stage", copy_of(first, reviewer_id=new_id()))
    assert refused(session, "uq_review_decisions_reviewer", copy_of(first, stage="second"))
    silent = copy_of(first, stage="second", reviewer_id=new_id(), decision="rejected")
    assert refused(session, "ck_review_decisions_reason", silent)


def test_a_deleted_draft_takes_its_own_with_it(session, world, clock):
    made = a_ready_class(session, world, now=clock.now, people=2)
    session.execute(sa.delete(TrainingClass).where(TrainingClass.id == made.id))
    for table in ("enrolments", "class_staff", "applications"):
        assert session.scalar(sa.select(sa.func.count()).select_from(sa.text(table))) == 0
