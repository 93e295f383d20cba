"""What was given before a class closed starts no attempt any more (K27)."""

from collections.abc import Callable
from typing import Any

import pytest
from exam.actions.close_class import close_class
from exam.models import Attempt
from exam.rules.papers import PaperKind
from exam.testing import item_of_course, published_paper

API = "/api/v1/exam"
OPERATIONS = ("the exam", PaperKind.EXERCISE, PaperKind.MOCK_EXAM)


@pytest.fixture
def starts(learner, session, clock) -> Callable[[], dict[str, Callable[..., Any]]]:
    """Every start of an attempt, with the tickets and passes of this moment; `headers` take the place of some."""

    def take() -> dict[str, Callable[..., Any]]:
        exam = learner.ticket() | learner.study_pass("exam")
        made: dict[str, Callable[..., Any]] = {
            "the exam": lambda **headers: learner.caller.post(
                f"{API}/classes/{learner.classroom.class_id}/attempts", headers=exam | headers
            )
        }
        for kind in (PaperKind.EXERCISE, PaperKind.MOCK_EXAM):
            item = item_of_course(published_paper(session, now=clock.now, kind=kind))
            held = learner.item_ticket(item) | learner.study_pass("study")
            made[kind] = lambda held=held, **headers: learner.caller.post(
                f"{API}/item-attempts", headers=held | headers
            )
        return made

    return take


def announce(session, classroom, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(classroom, name, value)
    classroom.version += 1
    classroom.announce(session)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("running", [False, True])
def test_once_the_class_is_known_to_be_closed_nothing_starts_or_goes_on(
    starts, session, classroom, operation: str, running: bool
) -> None:
    before = starts()
    if running:
        assert before[operation]().status_code == 201
    announce(session, classroom, state="graduation_review")
    refused = before[operation]()
    assert (refused.status_code, refused.json["code"]) == (409, "exam.class.not_open")
    assert session.query(Attempt).count() == int(running)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_once_the_closing_is_heard_nothing_starts(starts, session, classroom, clock, operation: str) -> None:
    before = starts()
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    refused = before[operation]()
    assert (refused.status_code, refused.json["code"]) == (409, "exam.class.closed")
    assert session.query(Attempt).count() == 0


@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_the_class_was_opened_again_tickets_and_passes_of_before_are_over(
    starts, learner, session, classroom, clock, operation: str
) -> None:
    before = starts()
    use = "exam" if operation == "the exam" else "study"
    old_pass = learner.study_pass(use)
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    announce(session, classroom, epoch=2)
    outdated = before[operation](**learner.study_pass(use))
    assert (outdated.status_code, outdated.json["code"]) == (410, "exam.ticket.outdated")
    without_pass = starts()[operation](**old_pass)
    assert (without_pass.status_code, without_pass.json["code"]) == (409, "exam.pass.needed")
    assert session.query(Attempt).count() == 0
    assert starts()[operation]().status_code == 201
