from datetime import timedelta

import pytest
from chassis.db import transaction
from chassis.errors import ProjectionPending
from chassis.ids import new_id
from chassis.testing import race
from supervision.check_in.actions.record_check_in import (
    CheckInNotAsked,
    ConsentFirst,
    RealNameFirst,
    record_check_in,
)
from supervision.check_in.models import CheckIn
from supervision.queries.classes import ClassNotFound, ClassNotOpen, NoClassDay, TicketOutdated
from supervision.real_name.actions.consent import withdraw_consent
from supervision.testing import Classroom, a_photo, files_in


@pytest.fixture
def check_in(session, store):
    def run(classroom, *, now, **changes):
        return record_check_in(
            session,
            class_id=classroom.class_id,
            ticket=classroom.ticket(**changes),
            photo=a_photo(),
            store=store,
            now=now,
        )

    return run


@pytest.fixture
def verified(session, classroom, store, clock) -> Classroom:
    classroom.verify(session, store=store, now=clock.now)
    return classroom


def test_morning_and_afternoon_make_the_day_count(check_in, verified, clock, announced) -> None:
    check_in(verified, now=clock.now)
    check_in(verified, now=clock.advance(hours=2))
    told = announced("supervision.check_in.recorded.v1")
    assert [(said["slot"], said["days_checked_in"]) for said in told] == [("morning", 0), ("afternoon", 1)]
    assert {said["enrolment_id"] for said in told} == {str(verified.enrolment_id)}


def test_doing_it_twice_changes_nothing(check_in, verified, clock, announced, folder) -> None:
    first = check_in(verified, now=clock.now)
    before = len(files_in(folder))
    again = check_in(verified, now=clock.advance(minutes=30))
    assert (first.fresh, again.fresh, again.record.id) == (True, False, first.record.id)
    assert len(announced("supervision.check_in.recorded.v1")) == 1
    assert len(files_in(folder)) == before


def test_a_new_day_has_slots_of_its_own(check_in, verified, clock) -> None:
    first = check_in(verified, now=clock.now)
    second = check_in(verified, now=clock.advance(days=1))
    assert second.fresh
    assert second.record.day - first.record.day == timedelta(days=1)


def test_before_the_real_name_no_check_in(check_in, classroom, clock, folder) -> None:
    with pytest.raises(RealNameFirst):
        check_in(classroom, now=clock.now)
    assert files_in(folder) == []


def test_after_withdrawing_the_consent_no_check_in(check_in, session, verified, clock) -> None:
    withdraw_consent(session, account_id=verified.account_id, now=clock.now)
    with pytest.raises(ConsentFirst):
        check_in(verified, now=clock.now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"check_in": "off"}, CheckInNotAsked),
        ({"state": "graduation_review"}, ClassNotOpen),
        ({"state": "graduated"}, ClassNotOpen),
        ({"state": "opening_review"}, ProjectionPending),
        ({"starts_in": 1}, NoClassDay),
        ({"ends_in": -1}, NoClassDay),
        ({"removed": True}, ClassNotFound),
    ],
)
def test_only_where_and_while_the_class_asks_for_it(check_in, session, clock, changes, refusal) -> None:
    found = Classroom(now=clock.now, **changes)
    found.announce(session)
    with pytest.raises(refusal):
        check_in(found, now=clock.now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"class_id": new_id()}, ClassNotFound),
        ({"epoch": 2}, ProjectionPending),
        ({"policy_version": 2}, ProjectionPending),
        ({"epoch": 0}, TicketOutdated),
    ],
)
def test_a_ticket_must_fit_what_is_known(check_in, verified, clock, changes, refusal) -> None:
    with pytest.raises(refusal):
        check_in(verified, now=clock.now, **changes)


def test_two_at_once_leave_one_check_in_and_one_photo(committed, clock, store, folder) -> None:
    with committed.sessions() as session, transaction(session):
        classroom = Classroom(now=clock.now)
        classroom.announce(session)
        classroom.verify(session, store=store, now=clock.now)

    def run() -> tuple[str, bool]:
        with committed.sessions() as session, transaction(session):
            done = record_check_in(
                session,
                class_id=classroom.class_id,
                ticket=classroom.ticket(),
                photo=a_photo(),
                store=store,
                now=clock.now,
            )
            return str(done.record.id), done.fresh

    results = race(run, run, run)
    assert len({check_in for check_in, _ in results}) == 1
    assert sorted(fresh for _, fresh in results) == [False, False, True]
    with committed.sessions() as session:
        assert session.query(CheckIn).count() == 1
    assert len(files_in(folder)) == 2  # the reference photo and one check-in
