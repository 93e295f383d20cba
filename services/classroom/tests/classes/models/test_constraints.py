"""What must not happen is refused by the database itself, whatever an action forgets."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from chassis.db.violations import violates
from chassis.ids import new_id
from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.actions.store_quote import store_quote
from classroom.classes.models import Application, AuditEntry, ClassStaff, ReviewDecision, TrainingClass
from classroom.models.base import db
from classroom.roster.models import Enrolment
from classroom.testing import (
    a_graduation,
    a_ready_class,
    an_open_class,
    approve,
    prepared,
    quote_for,
    reject,
    submitted,
)
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


def test_two_open_classes_never_have_one_password_and_a_graduated_one_gives_it_back(session, world, clock):
    first = an_open_class(session, world, now=clock.now)
    second = an_open_class(session, world, now=clock.now)
    same = change(second, class_password=first.class_password)
    assert refused(session, "uq_training_classes_open_password", same)
    session.execute(change(first, state="graduation_review"))
    assert refused(session, "uq_training_classes_open_password", same)
    session.execute(change(first, state="graduated", graduated_at=clock.now))
    session.execute(same)


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
    application = prepared(session, world, made, now=clock.now)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=clock.now)
    assert refused(session, "ck_applications_priced", change(application, agreement_id=None))
    state = {"state": "first_review", "submitted_at": clock.now}
    assert refused(session, "ck_applications_submitted_priced", change(application, quote="pending", **state))
    assert refused(session, "ck_applications_submitted", change(application, state="first_review"))
    opened = an_open_class(session, world, now=clock.now)
    graduation = apply_graduation(
        session, actor=world.business, class_id=opened.id, version=None, now=clock.now
    )
    wrong = change(graduation, joined_count=2, finished_count=3)
    assert refused(session, "ck_applications_counts", wrong)
    assert refused(session, "ck_applications_reviewed_billed", change(graduation, state="first_review"))


def test_no_more_is_given_back_than_was_billed_and_asked(session, world, clock):
    graduation = a_graduation(session, world, an_open_class(session, world, now=clock.now), now=clock.now)
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


def guarded(session: Any, told: str, statement: Any) -> bool:
    """Whether a trigger refuses the statement, saying so."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        session.execute(statement)
    return told in str(caught.value)


def test_the_logs_only_grow(session, world, clock):
    an_open_class(session, world, now=clock.now)
    for model, log in ((AuditEntry, "the audit log"), (ReviewDecision, "the review log")):
        assert guarded(session, log, sa.update(model).values(class_id=model.class_id))
        assert guarded(session, log, sa.delete(model))


def test_nobody_reviews_what_they_prepared_or_submitted(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    approve(session, world.manager, application, now=clock.now)
    first = session.scalars(sa.select(ReviewDecision)).one()
    for applicant in (world.teacher, world.business):
        own = copy_of(first, stage="second", reviewer_id=applicant.account_id)
        assert guarded(session, "own application", own)


def test_only_a_draft_is_deleted_and_nobody_from_an_opened_roster(session, world, clock):
    reviewed, opened = (
        a_ready_class(session, world, now=clock.now),
        an_open_class(session, world, now=clock.now),
    )
    submitted(session, world, reviewed, now=clock.now)
    for each in (reviewed, opened):
        assert guarded(session, "draft", sa.delete(TrainingClass).where(TrainingClass.id == each.id))
        assert guarded(session, "roster", sa.delete(Enrolment).where(Enrolment.class_id == each.id))


def test_the_price_that_was_submitted_and_the_counts_that_were_frozen_stay(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    for values in (
        {"per_head_fee_fen": 1},
        {"amount_fen": 1},
        {"planned_headcount": 12},
        {"agreement_id": new_id()},
        {"dealer_id": new_id()},
        {"waiver_asked": True, "waiver_reason": "扶贫"},
    ):
        assert guarded(session, "price", change(application, **values)), values
    graduation = a_graduation(session, world, an_open_class(session, world, now=clock.now), now=clock.now)
    for values in (
        {"joined_count": 3},
        {"finished_count": 0},
        {"joined_count": None, "finished_count": None},
    ):
        assert guarded(session, "counts", change(graduation, **values)), values


def test_a_draft_that_was_rejected_is_deleted_with_its_review_log(session, world, clock):
    made = a_ready_class(session, world, now=clock.now, people=2)
    reject(session, world.manager, submitted(session, world, made, now=clock.now), now=clock.now)
    session.flush()
    session.execute(sa.delete(TrainingClass).where(TrainingClass.id == made.id))
    for table in ("enrolments", "applications", "review_decisions"):
        assert session.scalar(sa.select(sa.func.count()).select_from(sa.text(table))) == 0
    assert session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) > 0


def test_a_deleted_draft_takes_its_own_with_it(session, world, clock):
    made = a_ready_class(session, world, now=clock.now, people=2)
    session.execute(sa.delete(TrainingClass).where(TrainingClass.id == made.id))
    for table in ("enrolments", "class_staff", "applications"):
        assert session.scalar(sa.select(sa.func.count()).select_from(sa.text(table))) == 0
