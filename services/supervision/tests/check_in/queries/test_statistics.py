import random
from datetime import timedelta

import pytest
from chassis.clock import shanghai_day
from chassis.ids import new_id
from supervision.check_in.models import CheckIn
from supervision.check_in.queries.statistics import class_statistics, learner_lines, list_joined
from supervision.check_in.rules.counting import days_checked_in
from supervision.check_in.rules.slots import CheckInPolicy, Slot, required_slots
from supervision.models import ClassPolicy
from supervision.testing import Classroom


def fill(session, classroom, day, slot) -> None:
    record = CheckIn(
        id=new_id(),
        class_id=classroom.class_id,
        enrolment_id=classroom.enrolment_id,
        account_id=classroom.account_id,
        provider_id=classroom.provider_id,
        day=day,
        slot=str(slot),
        at=classroom.now,
        photo_key=new_id().hex,
        photo_type="image/jpeg",
        photo_sha256="0" * 64,
    )
    session.add(record)


@pytest.mark.parametrize("policy", ["once", "twice"])
def test_the_database_counts_as_the_rule_does(session, clock, policy: str) -> None:
    draw = random.Random(7)
    first = Classroom(now=clock.now, check_in=policy, starts_in=-9)
    learners = [first, *(first.classmate(name=f"学员{number}") for number in range(6))]
    required = required_slots(CheckInPolicy(policy))
    days = [shanghai_day(clock.now) - timedelta(days=offset) for offset in range(10)]
    expected = {}
    for learner in learners:
        learner.announce(session)
        done: dict = {day: {slot for slot in required if draw.random() < 0.6} for day in days}
        for day, slots in done.items():
            for slot in slots:
                fill(session, learner, day, slot)
        expected[learner.enrolment_id] = days_checked_in(required=required, done=done)
    session.flush()
    known = session.get_one(ClassPolicy, first.class_id)
    rows = session.scalars(list_joined(class_id=first.class_id, text=None)).all()
    lines = learner_lines(session, known, rows, today=shanghai_day(clock.now))
    assert {line["enrolment_id"]: line["days_checked_in"] for line in lines} == expected
    whole = class_statistics(session, known, today=shanghai_day(clock.now))
    assert sum(day["checked_in"] for day in whole["days"]) == sum(expected.values())
    assert (whole["days_begun"], whole["learners_joined"]) == (10, 7)


def test_a_day_expects_those_who_had_joined_by_its_end(session, clock) -> None:
    early = Classroom(now=clock.now, check_in="once", starts_in=-2)
    early.announce(session)
    late = early.classmate(name="后来的")
    late.now = clock.now + timedelta(days=1)  # joins a day later than the first
    late.announce(session)
    early.classmate(name="未加入", joined=False).announce(session)
    early.version = 2
    early.announce(session)
    fill(session, early, shanghai_day(clock.now), Slot.DAY)
    session.flush()
    known = session.get_one(ClassPolicy, early.class_id)
    days = class_statistics(session, known, today=shanghai_day(clock.now))["days"]
    assert [(day["checked_in"], day["expected"], day["rate_percent"]) for day in days] == [
        (1, 2, "50.00"),
        (0, 2, "0.00"),
        (0, 1, "0.00"),
    ]


def test_before_the_class_begins_there_is_nothing_to_count(session, clock) -> None:
    found = Classroom(now=clock.now, starts_in=2)
    found.announce(session)
    known = session.get_one(ClassPolicy, found.class_id)
    whole = class_statistics(session, known, today=shanghai_day(clock.now))
    assert (whole["days"], whole["days_begun"], whole["rate_percent"]) == ([], 0, None)
