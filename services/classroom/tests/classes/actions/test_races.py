"""Two at once, for real: one winner, and a clear 409 for the other (on both databases)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from chassis.db import transaction
from chassis.testing import race
from classroom.classes.models import Application, ReviewDecision, TrainingClass
from classroom.testing import a_graduation, a_ready_class, a_world, an_open_class, approve, submitted

API = "/api/v1/classroom"


@pytest.fixture
def place(committed, clock):
    """A world that is really committed: `place.make(builder, …)`, and calls by real threads."""
    return Place(committed, clock)


class Place:
    def __init__(self, committed: Any, clock: Any) -> None:
        self.committed, self.now = committed, clock.now
        with self.session() as session:
            self.world = a_world(session, now=self.now)

    def session(self):
        return transaction(self.committed.sessions())

    def make(self, builder, *args, **kwargs) -> Any:
        """The id of what the builder makes."""
        with self.session() as session:
            return builder(session, self.world, *args, now=self.now, **kwargs).id

    def get(self, session, model, key):
        return session.get(model, key)

    def call(self, actor, method, path, **kwargs):
        return lambda: self.committed.client.as_(actor).call(method, f"{API}{path}", **kwargs)


def statuses(answers) -> list[int]:
    return sorted(getattr(each, "status_code", 599) for each in answers)


def loser(answers) -> dict[str, Any]:
    return next(each.json for each in answers if each.status_code >= 400)


def test_of_two_first_reviewers_one_decides(place):
    class_id = place.make(a_ready_class)
    with place.session() as session:
        application_id = submitted(
            session, place.world, session.get(TrainingClass, class_id), now=place.now
        ).id
    path = f"/applications/{application_id}/decisions"
    body = {"decision": "approved", "stage": "first"}
    answers = race(
        place.call(place.world.manager, "POST", path, json=body),
        place.call(
            place.world.manager2, "POST", path, json={**body, "decision": "rejected", "reason": "不全"}
        ),
    )
    assert statuses(answers) == [201, 409]
    assert loser(answers)["code"] == "classroom.application.already_decided"
    with place.session() as session:
        assert len(session.scalars(sa.select(ReviewDecision)).all()) == 1


def test_of_two_second_reviewers_one_opens_the_class(place):
    class_id = place.make(a_ready_class)
    with place.session() as session:
        application = submitted(session, place.world, session.get(TrainingClass, class_id), now=place.now)
        approve(session, place.world.manager, application, now=place.now)
        application_id = application.id
    path = f"/applications/{application_id}/decisions"
    answers = race(
        *(
            place.call(who, "POST", path, json={"decision": "approved", "stage": "second"})
            for who in (place.world.reviewer, place.world.reviewer2)
        )
    )
    assert statuses(answers) == [201, 409]
    assert loser(answers)["code"] == "classroom.application.already_decided"


def test_of_two_graduations_one_is_applied_for(place):
    class_id = place.make(an_open_class)
    path = f"/classes/{class_id}/graduations"
    answers = race(
        place.call(place.world.business, "POST", path), place.call(place.world.admin, "POST", path)
    )
    assert statuses(answers) == [201, 409]
    assert loser(answers)["code"] == "classroom.class.wrong_state"


def test_a_withdrawal_and_a_decision_at_once_have_one_winner(place):
    class_id = place.make(an_open_class)
    with place.session() as session:
        opened = session.get(TrainingClass, class_id)
        application_id = a_graduation(session, place.world, opened, now=place.now).id
    answers = race(
        place.call(place.world.business, "POST", f"/graduations/{application_id}/withdrawal"),
        place.call(
            place.world.manager,
            "POST",
            f"/applications/{application_id}/decisions",
            json={"decision": "approved"},
        ),
    )
    assert statuses(answers)[1] == 409
    with place.session() as session:
        assert session.get(Application, application_id).state in {"withdrawn", "second_review"}


def test_two_submissions_of_one_opening_have_one_winner(place):
    from classroom.classes.actions.store_quote import store_quote
    from classroom.testing import prepared, quote_for

    class_id = place.make(a_ready_class)
    with place.session() as session:
        application = prepared(session, place.world, session.get(TrainingClass, class_id), now=place.now)
        store_quote(
            session, application_id=application.id, quote=quote_for(place.world, application), now=place.now
        )
        application_id = application.id
    path = f"/openings/{application_id}/submission"
    answers = race(
        place.call(place.world.business, "POST", path), place.call(place.world.admin, "POST", path)
    )
    assert statuses(answers) == [200, 409]
    assert loser(answers)["code"] == "classroom.application.wrong_state"


def test_two_classes_that_draw_one_password_open_with_two(place, monkeypatch):
    drawn = iter(["438611", "438611", "438612"])
    monkeypatch.setattr("classroom.classes.actions.open_class.draw_password", lambda: next(drawn))
    first, second = place.make(an_open_class), place.make(an_open_class, name="第2班")
    with place.session() as session:
        passwords = {session.get(TrainingClass, each).class_password for each in (first, second)}
    assert passwords == {"438611", "438612"}
