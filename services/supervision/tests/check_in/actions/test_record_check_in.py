import random
from datetime import timedelta

import pytest
from chassis.clock import shanghai_day
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from supervision.check_in.actions.record_check_in import record_check_in
from supervision.check_in.models import CheckIn
from supervision.check_in.rules.counting import days_checked_in
from supervision.check_in.rules.slots import CheckInPolicy, Slot, required_slots
from supervision.rules.receipts import PhotoExpired
from supervision.testing import Classroom

RECORDED = "supervision.check_in.recorded.v1"


@pytest.fixture
def check_in(session, classroom):
    def run(*, now, **changes):
        receipt = classroom.receipt(**{"until": now + timedelta(minutes=10), **changes})
        return record_check_in(session, receipt=receipt, now=now)

    return run


def test_morning_and_afternoon_make_the_day_count(check_in, classroom, clock, announced) -> None:
    check_in(now=clock.now)
    check_in(now=clock.advance(hours=2))
    told = announced(RECORDED)
    assert [(said["slot"], said["days_checked_in"]) for said in told] == [("morning", 0), ("afternoon", 1)]
    assert {said["enrolment_id"] for said in told} == {str(classroom.enrolment_id)}


def test_doing_it_twice_changes_nothing(check_in, session, clock, announced) -> None:
    first = check_in(now=clock.now)
    again = check_in(now=clock.advance(minutes=30))
    assert (first.fresh, again.fresh, again.record) == (True, False, first.record)
    assert len(announced(RECORDED)) == 1
    assert session.query(CheckIn).count() == 1


def test_a_new_day_has_slots_of_its_own(check_in, clock) -> None:
    first = check_in(now=clock.now)
    second = check_in(now=clock.advance(days=1))
    assert second.fresh
    assert second.record.day - first.record.day == timedelta(days=1)


def test_a_photo_sent_again_is_answered_with_what_it_served_for(check_in, clock, announced) -> None:
    """The answer was lost, and it is noon meanwhile: nobody was there in the afternoon yet."""
    first = check_in(now=clock.advance(hours=1, minutes=59, seconds=59), key="one")
    again = check_in(now=clock.advance(seconds=2), key="one")
    assert (again.fresh, again.record) == (False, first.record)
    assert again.record.slot == Slot.MORNING
    assert len(announced(RECORDED)) == 1


def test_when_slot_and_photo_are_both_taken_the_slot_is_told(check_in, clock) -> None:
    check_in(now=clock.now, key="morning")
    clock.advance(hours=3)
    afternoon = check_in(now=clock.now, key="afternoon")
    again = check_in(now=clock.now, key="morning")
    assert (again.fresh, again.record) == (False, afternoon.record)


def test_an_old_photo_proves_nothing(check_in, session, clock) -> None:
    with pytest.raises(PhotoExpired):
        check_in(now=clock.now, until=clock.now)
    assert session.query(CheckIn).count() == 0


def test_what_an_old_photo_has_served_for_stays_done(check_in, clock) -> None:
    first = check_in(now=clock.now, key="one")
    clock.advance(hours=5)
    again = check_in(now=clock.now, key="one", until=clock.now - timedelta(hours=4))
    assert (again.fresh, again.record) == (False, first.record)


@pytest.mark.parametrize("policy", ["once", "twice"])
def test_the_days_that_are_told_are_those_of_the_rule(session, clock, announced, policy: str) -> None:
    """S3: the database counts while it writes what `days_checked_in` counts afterwards."""
    draw = random.Random(11)
    learner = Classroom(now=clock.now, check_in=policy, starts_in=0, ends_in=12)
    other = learner.classmate()
    learner.announce(session)
    done: dict[object, set[Slot]] = {}
    expected = []
    for _ in range(10):
        for moment in (clock.now, clock.now + timedelta(hours=4)):
            for each in (learner, other):
                if draw.random() < 0.3:
                    continue
                receipt = each.receipt(until=moment + timedelta(minutes=10))
                made = record_check_in(session, receipt=receipt, now=moment)
                if each is learner and made.fresh:
                    done.setdefault(made.record.day, set()).add(made.record.slot)
                    required = required_slots(CheckInPolicy(policy))
                    expected.append(days_checked_in(required=required, done=done))
        clock.advance(days=1)
    told = [each for each in announced(RECORDED) if each["enrolment_id"] == str(learner.enrolment_id)]
    assert [each["days_checked_in"] for each in told] == expected
    assert expected[-1] > 2


def test_two_at_once_leave_one_check_in(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        classroom = Classroom(now=clock.now)
        classroom.announce(session)

    def run() -> tuple[str, bool]:
        with committed.sessions() as session, transaction(session):
            done = record_check_in(session, receipt=classroom.receipt(key=new_id().hex), now=clock.now)
            return str(done.record.id), done.fresh

    results = race(run, run, run)
    assert len({check_in for check_in, _ in results}) == 1
    assert sorted(fresh for _, fresh in results) == [False, False, True]
    with committed.sessions() as session:
        (row,) = session.query(CheckIn).all()
        assert row.day == shanghai_day(clock.now)
