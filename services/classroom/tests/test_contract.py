"""The contract and the answers agree: Schemathesis asks every operation in the ways that its document names."""

from __future__ import annotations

import pytest
from chassis.testing.asking import Known, ask_everything
from classroom.joining.testing import enrol as enrol_person
from classroom.joining.testing import joined, open_training_class
from classroom.study.testing import item_ids, package_data
from classroom.testing import CIPHER, a_graduation, a_ready_class, an_open_class, enrol, prepared, submitted


@pytest.fixture
def backend() -> str:
    """One is enough here: the answers of both are compared by all other tests."""
    return "postgres"


@pytest.fixture
def known(app, session, client, world, actor, clock) -> Known:
    """Classes in each state with their applications, a roster, and a learner who studies."""
    about = {"now": clock.now}
    draft = a_ready_class(session, world, **about)
    preparing = prepared(session, world, a_ready_class(session, world, **about), **about)
    reviewed = submitted(session, world, a_ready_class(session, world, **about), **about)
    opened = an_open_class(session, world, **about)
    closing = a_graduation(session, world, an_open_class(session, world, **about), **about)
    enrolments = [enrol(session, world, training_class=each, number=9, **about) for each in (draft, opened)]
    package, learner = package_data(), actor("learner")
    studied = open_training_class(session, package=package, provider_id=world.provider_id, **about)
    app.extensions["kaike.runtime"].extras["document_cipher"] = CIPHER
    person = enrol_person(
        session, training_class=studied, cipher=CIPHER, name="王五", number="E12345678", **about
    )
    joined(session, enrolment=person, actor=learner, **about)
    return Known(
        actors=[*world.people.values(), learner],
        ids={
            "class_id": [draft.id, opened.id, studied.id],
            "application_id": [preparing.id, reviewed.id, closing.id],
            "enrolment_id": [*(each.id for each in enrolments), person.id],
            "item_id": item_ids(package)[:1],
            "teacher_id": [world.teacher.account_id],
            "assistants": [world.assistant.account_id],
            "category_id": [world.category_id],
            "package_id": [world.package["package_id"]],
        },
        headers={"If-Match": lambda: f'"v{draft.version}"'},
    )


@pytest.mark.parametrize("examples", [2, pytest.param(130, marks=pytest.mark.heavy)])
def test_every_answer_is_as_documented_and_nothing_forbidden_is_taken(app, session, issuer, known, examples):
    ask_everything(app, session, issuer, known, examples=examples).must_hold()
