"""The producers' own examples: what exam, supervision and catalog promise is what study reads."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from bus.contracts import examples_of
from bus.envelope import read
from classroom.study.models import StudyAttempt, StudyLearner
from classroom.study.reactions import HANDLERS
from classroom.study.testing import learner, package_data, studied_class

ATTEMPTS = examples_of("exam.attempt.handed_in.v1")


def known_learner(session, clock, data: dict[str, Any]) -> None:
    """The class, item and enrolment that an example speaks of, as if they had been opened and joined."""
    package = package_data(items=(("mock_exam" if data.get("kind") == "mock_exam" else "exercise", 3600),))
    if data.get("item_id"):
        package["courses"][0]["items"][0]["item_id"] = data["item_id"]
    study_class = studied_class(session, now=clock.now, package=package, class_id=uuid.UUID(data["class_id"]))
    if "enrolment_id" in data:
        who = learner(session, study_class=study_class, now=clock.now)
        session.delete(who)
        session.flush()
        session.add(
            StudyLearner(
                enrolment_id=uuid.UUID(data["enrolment_id"]), class_id=study_class.class_id,
                account_id=who.account_id, joined_at=clock.now,
            )
        )  # fmt: skip
        session.flush()


@pytest.mark.parametrize("example", ATTEMPTS, ids=lambda each: each["data"]["kind"])
def test_examples_of_attempts_are_kept(session, clock, example):
    known_learner(session, clock, example["data"])
    HANDLERS["exam.attempt.handed_in.v1"].handle(session, read(example))
    kept = session.get(StudyAttempt, uuid.UUID(example["data"]["attempt_id"]))
    assert kept.score == example["data"]["score"]


@pytest.mark.parametrize(
    "example", examples_of("supervision.check_in.recorded.v1"), ids=lambda each: each["id"]
)
def test_examples_of_check_ins_are_kept(session, clock, example):
    known_learner(session, clock, example["data"])
    HANDLERS["supervision.check_in.recorded.v1"].handle(session, read(example))
    who = session.get(StudyLearner, uuid.UUID(example["data"]["enrolment_id"]), populate_existing=True)
    assert who.days_checked_in == example["data"]["days_checked_in"]


@pytest.mark.parametrize("example", examples_of("exam.class.closed.v1"), ids=lambda each: each["id"])
def test_examples_of_closed_exams_are_read(session, clock, example):
    known_learner(session, clock, example["data"])
    HANDLERS["exam.class.closed.v1"].handle(session, read(example))


@pytest.mark.parametrize(
    "example", examples_of("catalog.package.published.v1"), ids=lambda each: each["data"]["name"]
)
def test_examples_of_packages_can_be_studied(session, clock, example):
    data = example["data"]
    opened = studied_class(session, now=clock.now, package=data)
    assert opened.course_seconds == data["totals"]["course_seconds"]
    assert opened.item_count == sum(len(course["items"]) for course in data["courses"])
    assert opened.sequential == (data["play_order"] == "sequential")
