"""首页: figures of the classes that somebody reaches, and of no others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from chassis.clock import shanghai_day
from classroom.joining.testing import joined
from classroom.roster.models import Enrolment
from classroom.study.models import StudyDay, StudyLearner
from classroom.testing import (
    a_draft,
    a_ready_class,
    a_world,
    an_open_class,
    known_account,
    staff_member,
    submitted,
)

PATH = "/api/v1/classroom/home"


def home(client, who) -> dict:
    answer = client.as_(who).get(PATH)
    assert answer.status_code == 200, answer.json
    return answer.json


def learner_of(session, training_class, account, *, now) -> StudyLearner:
    enrolment = session.query(Enrolment).filter_by(class_id=training_class.id).first()
    joined(session, enrolment=enrolment, actor=account, now=now)
    return session.get(StudyLearner, enrolment.id)


def studied(session, learner, *, at, video=0, document=0) -> None:
    """What a credited report leaves behind."""
    learner.last_study_at = at
    session.add(
        StudyDay(
            enrolment_id=learner.enrolment_id,
            class_id=learner.class_id,
            day=shanghai_day(at),
            video_seconds=video,
            document_seconds=document,
        )
    )
    session.flush()


def test_classes_are_counted_by_state_and_those_that_run_today(client, session, world, clock):
    a_draft(session, world, now=clock.now)
    submitted(session, world, a_ready_class(session, world, now=clock.now), now=clock.now)
    an_open_class(session, world, now=clock.now)
    next_week = shanghai_day(clock.now) + timedelta(days=7)
    an_open_class(session, world, now=clock.now, start_day=next_week, end_day=next_week + timedelta(days=20))
    told = home(client, world.registrar)
    states = {"draft": 1, "opening_review": 1, "open": 2, "graduation_review": 0, "graduated": 0}
    assert (told["classes"], told["running"]) == (states, 1)


def test_a_learner_studies_now_for_five_minutes_after_a_report_and_is_one_person_in_two_classes(
    client, session, world, clock, actor
):
    somebody = actor("learner")
    for _ in range(2):
        made = an_open_class(session, world, now=clock.now)
        learner = learner_of(session, made, somebody, now=clock.now)
        studied(session, learner, at=clock.now, video=60)
    told = home(client, world.registrar)
    assert (told["studying_now"], told["days"][-1]["learners"]) == (1, 1)
    clock.advance(minutes=5)
    assert home(client, world.registrar)["studying_now"] == 1
    clock.advance(seconds=1)
    assert home(client, world.registrar)["studying_now"] == 0


def test_joining_alone_is_not_studying(client, session, world, clock, actor):
    learner_of(session, an_open_class(session, world, now=clock.now), actor("learner"), now=clock.now)
    assert home(client, world.registrar)["studying_now"] == 0


def test_the_last_fourteen_days_are_told_with_their_gaps(client, session, world, clock, actor):
    made = an_open_class(session, world, now=clock.now)
    learner = learner_of(session, made, actor("learner"), now=clock.now)
    today = shanghai_day(clock.now)
    for days_ago, video in ((14, 999), (13, 100), (1, 20)):
        studied(session, learner, at=clock.now - timedelta(days=days_ago), video=video, document=5)
    days = home(client, world.registrar)["days"]
    assert [each["day"] for each in days] == [str(today - timedelta(days=13 - place)) for place in range(14)]
    assert days[0] == {
        "day": str(today - timedelta(days=13)), "learners": 1, "video_seconds": 100, "document_seconds": 5,
    }  # fmt: skip
    assert sum(each["video_seconds"] for each in days) == 120
    assert days[-1]["learners"] == 0


@pytest.mark.parametrize("who", ["class_teacher", "assistant"])
def test_a_teacher_sees_the_own_classes_only(client, session, world, clock, actor, who):
    made = an_open_class(session, world, now=clock.now)
    learner = learner_of(session, made, actor("learner"), now=clock.now)
    studied(session, learner, at=clock.now, video=60)
    colleague = staff_member("王老师", who, provider_id=world.provider_id)
    session.add(known_account(colleague))
    told = home(client, colleague)
    assert (told["classes"]["open"], told["running"], told["studying_now"]) == (0, 0, 0)
    assert all(each["learners"] == 0 for each in told["days"])
    assert home(client, world.teacher)["studying_now"] == home(client, world.assistant)["studying_now"] == 1


def test_another_provider_sees_nothing_of_it(client, session, world, clock, actor):
    made = an_open_class(session, world, now=clock.now)
    studied(session, learner_of(session, made, actor("learner"), now=clock.now), at=clock.now, video=60)
    told = home(client, a_world(session, now=clock.now).admin)
    assert (sum(told["classes"].values()), told["running"], told["studying_now"]) == (0, 0, 0)
    assert all(each["video_seconds"] == 0 for each in told["days"])
