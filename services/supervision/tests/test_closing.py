"""What was given before a class closed is over with it, in every operation that takes it (K27)."""

from collections.abc import Callable
from typing import Any

import pytest
from supervision.actions.keep_classes import clear
from supervision.check_in.models import CheckIn
from supervision.models import ClassPolicy
from supervision.photos.models import Photo
from supervision.testing import files_in

API = "/api/v1/supervision"


@pytest.fixture
def before(learner) -> dict[str, Callable[[], Any]]:
    """Every operation, with a ticket or receipt of before the closing."""
    learner.verify()
    old, receipt = learner.ticket(), learner.take_photo().json["receipt"]
    passes = f"{API}/classes/{learner.classroom.class_id}/passes"
    return {
        "a photo": lambda: learner.take_photo(headers=old),
        "a check-in": lambda: learner.check_in(receipt),
        "a real name": lambda: learner.verify(headers=old),
        "a study pass": lambda: learner.caller.post(passes, json={"use": "study"}, headers=old),
        "an exam pass": lambda: learner.caller.post(passes, json={"use": "exam"}, headers=old),
    }


OPERATIONS = ("a photo", "a check-in", "a real name", "a study pass", "an exam pass")


def announce(session, classroom, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(classroom, name, value)
    classroom.version += 1
    classroom.announce(session)


def test_every_operation_that_takes_a_ticket_or_receipt_is_walked(before) -> None:
    assert set(before) == set(OPERATIONS)


@pytest.mark.parametrize("state", ["graduation_review", "graduated"])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_in_a_closed_class_it_is_refused_and_nothing_is_written(
    before, session, classroom, folder, operation: str, state: str
) -> None:
    announce(session, classroom, state=state)
    kept = len(files_in(folder))
    refused = before[operation]()
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.class.not_open")
    assert session.query(CheckIn).count() == 0
    assert session.query(Photo).count() == 1
    assert len(files_in(folder)) == kept


@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_the_class_was_opened_again_what_was_given_before_is_outdated(
    before, session, classroom, operation: str
) -> None:
    announce(session, classroom, epoch=2)
    refused = before[operation]()
    assert (refused.status_code, refused.json["code"]) == (410, "supervision.ticket.outdated")
    assert session.query(CheckIn).count() == 0


def test_after_the_class_was_opened_again_all_of_it_works_with_a_new_ticket(
    learner, before, session, classroom
) -> None:
    announce(session, classroom, state="graduation_review")
    announce(session, classroom, state="open", epoch=2)
    assert learner.verify().status_code == 200
    assert learner.check_in().status_code == 201
    assert learner.ask_pass().status_code == learner.ask_pass("exam").status_code == 201


def test_a_check_in_that_was_recorded_before_the_closing_is_still_answered_with_it(
    learner, session, classroom
) -> None:
    learner.verify()
    receipt = learner.take_photo().json["receipt"]
    recorded = learner.check_in(receipt).json
    announce(session, classroom, state="graduation_review")
    again = learner.check_in(receipt)
    assert (again.status_code, again.json) == (200, recorded)


def test_a_check_in_waits_while_nothing_is_known_of_the_class(learner, session) -> None:
    learner.verify()
    receipt = learner.take_photo().json["receipt"]
    clear(session, [ClassPolicy])
    waiting = learner.check_in(receipt)
    assert (waiting.status_code, waiting.json["code"]) == (503, "projection.pending")
    assert waiting.headers["Retry-After"] == "1"


def test_a_receipt_in_the_form_of_an_earlier_release_asks_for_a_new_photo(learner, app, monkeypatch) -> None:
    learner.verify()
    from supervision.rules import receipts

    written = receipts.receipt_text(learner.classroom.receipt())
    without_epoch = written.replace(
        f'"{learner.classroom.provider_id}","1",', f'"{learner.classroom.provider_id}",'
    )
    assert without_epoch != written
    monkeypatch.setattr("supervision.api.receipts.receipt_text", lambda receipt: without_epoch)
    old = learner.take_photo().json["receipt"]
    refused = learner.check_in(old)
    assert (refused.status_code, refused.json["code"]) == (410, "supervision.photo.expired")
