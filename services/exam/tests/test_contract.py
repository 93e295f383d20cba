"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from chassis.testing.asking import Known, ask_everything
from exam.testing import published_paper


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(session, classroom, learner, actor, clock) -> Known:
    """A running and a handed-in attempt, a paper and its questions, and those who may see them."""
    provider_id = classroom.provider_id
    version = published_paper(session, now=clock.now, provider_id=provider_id)
    done = learner.start().json["id"]
    learner.hand_in(done)
    running = learner.start().json
    return Known(
        actors=[
            actor("learner", account_id=classroom.account_id),
            actor("registrar", "provider_admin", provider_id=provider_id),
            actor("class_teacher", provider_id=provider_id, account_id=classroom.teacher_id),
        ],
        ids={
            "class_id": [classroom.class_id],
            "attempt_id": [running["id"], done],
            "question_id": [question["id"] for question in running["questions"]]
            + [place.question_id for place in version.questions],
            "paper_id": [version.paper_id],
            "version_id": [version.id],
        },
        headers={
            "Kaike-Ticket": lambda: learner.ticket()["Kaike-Ticket"],
            "Kaike-Pass": lambda: learner.study_pass("exam")["Kaike-Pass"],
            "If-Match": lambda: '"v1"',
        },
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, issuer, known, examples):
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
