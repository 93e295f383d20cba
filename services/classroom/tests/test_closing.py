"""What a learner holds from before a class closed is over with it: tickets, sessions, passes (K27)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.ids import new_id
from classroom.joining.testing import enrol, graduation_applied, joined, open_training_class
from classroom.roster.models import DocumentCipher
from classroom.study.actions.change_class import reopen_class
from classroom.study.models import StudyLearner, StudySession
from classroom.study.testing import item_ids, package_data, pass_claims

API = "/api/v1/classroom"
REFUSED = {
    "joining": (422, "classroom.joining.refused"),
    "an item ticket": (409, "classroom.study.class.closed"),
    "a study session": (409, "classroom.study.class.closed"),
}


class Before:
    """A learner who studies, with a session and a pass of before the closing."""

    def __init__(self, session, app, clock, actor, client, foreign_paper) -> None:
        self.session, self.clock, self.paper = session, clock, foreign_paper
        package = package_data()
        self.item = str(item_ids(package)[0])
        self.training_class = open_training_class(session, now=clock.now, package=package)
        cipher = DocumentCipher.from_settings(app.extensions["kaike.runtime"].settings)
        late = {"training_class": self.training_class, "cipher": cipher, "now": clock.now}
        enrol(session, name="李四", number="E2", **late)
        who = actor("learner")
        self.learner = joined(
            session, enrolment=enrol(session, name="张三", number="E1", **late), actor=who, now=clock.now
        )
        self.caller, self.stranger = client.as_(who), client.as_(actor("learner"))
        self.mine = f"{API}/my/classes/{self.training_class.id}"
        self.session_id = self.open().json["id"]
        self.study_pass = self.new_pass(epoch=1)
        clock.advance(seconds=30)

    def new_pass(self, *, epoch: int) -> str:
        return self.paper("supervision", "pass", pass_claims(self.learner, now=self.clock.now, epoch=epoch))

    def open(self) -> Any:
        return self.caller.post(f"{self.mine}/study-sessions", json={"device": "手机"})

    def report(self, study_pass: str, to_seconds: int = 20) -> Any:
        body = {
            "id": str(new_id()),
            "item_id": self.item,
            "from_seconds": 0,
            "to_seconds": to_seconds,
            "pass": study_pass,
        }
        path = f"{API}/study-sessions/{self.session_id}/reports"
        [result] = self.caller.post(path, json={"reports": [body]}).json["results"]
        return result["credited_seconds"], result["reason"]

    def operations(self) -> dict[str, Callable[[], Any]]:
        form = {"name": "李四", "document_number": "E2", "class_password": self.training_class.class_password}
        return {
            "joining": lambda: self.stranger.post(f"{API}/joins", json=form),
            "an item ticket": lambda: self.caller.post(f"{self.mine}/items/{self.item}/ticket"),
            "a study session": self.open,
        }

    def close(self) -> None:
        graduation_applied(self.session, training_class=self.training_class, now=self.clock.now)

    def reopen(self) -> None:
        self.training_class.state, self.training_class.epoch = "open", 2
        reopen_class(self.session, class_id=self.training_class.id, epoch=2, now=self.clock.now)


@pytest.fixture
def before(session, app, clock, actor, client, foreign_paper) -> Before:
    return Before(session, app, clock, actor, client, foreign_paper)


@pytest.mark.parametrize("operation", REFUSED)
def test_in_a_closed_class_nothing_new_is_given(before, session, operation: str) -> None:
    before.close()
    refused = before.operations()[operation]()
    assert (refused.status_code, refused.json["code"]) == REFUSED[operation]
    assert session.query(StudySession).count() == session.query(StudyLearner).count() == 1
    assert before.caller.get(before.mine).json["ticket"] is None


def test_in_a_closed_class_a_report_of_before_credits_nothing(before) -> None:
    before.close()
    assert before.report(before.study_pass) == (0, "closed")


def test_after_the_class_was_opened_again_a_pass_of_before_credits_nothing_and_a_new_one_does(before) -> None:
    before.close()
    before.reopen()
    assert before.report(before.study_pass) == (0, "pass_invalid")
    fresh = before.new_pass(epoch=2)
    before.clock.advance(seconds=20)
    assert before.report(fresh) == (20, None)


@pytest.mark.parametrize("operation", REFUSED)
def test_after_the_class_was_opened_again_all_of_it_is_to_be_had_anew(before, operation: str) -> None:
    before.close()
    before.reopen()
    assert before.operations()[operation]().status_code in (200, 201)
