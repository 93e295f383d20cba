"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from chassis.testing.asking import Known, ask_everything


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(learner, classroom, actor) -> Known:
    """A learner with real name and a check-in, and the class's teacher."""
    learner.verify()
    receipts = [learner.take_photo().json["receipt"] for _ in range(2)]
    check_in = learner.check_in(receipts[0]).json["id"]
    provider_id = classroom.provider_id
    return Known(
        actors=[
            actor("learner", account_id=classroom.account_id),
            actor("class_teacher", provider_id=provider_id, account_id=classroom.teacher_id),
            actor("registrar", "provider_admin", provider_id=provider_id),
        ],
        ids={"class_id": [classroom.class_id], "check_in_id": [check_in], "receipt": receipts},
        headers={"Kaike-Ticket": lambda: learner.ticket()["Kaike-Ticket"]},
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, issuer, known, examples):
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
