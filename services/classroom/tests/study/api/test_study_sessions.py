"""K17, K18 and X7 over HTTP, with real study passes (S6)."""

from __future__ import annotations

import pytest
from chassis.ids import new_id
from classroom.joining.testing import enrol, joined, open_training_class
from classroom.study.testing import item_ids, package_data, pass_claims
from classroom.testing import CIPHER

API = "/api/v1/classroom"


class Learner:
    """A learner in an open class, calling the API."""

    def __init__(self, session, clock, actor, client, foreign_paper) -> None:
        self.clock, self.paper = clock, foreign_paper
        package = package_data()
        self.items = item_ids(package)
        training_class = open_training_class(session, now=clock.now, package=package)
        self.actor = actor("learner")
        enrolment = enrol(
            session, training_class=training_class, cipher=CIPHER, name="张三", number="E1", now=clock.now
        )
        self.known = joined(session, enrolment=enrolment, actor=self.actor, now=clock.now)
        self.caller = client.as_(self.actor)
        self.path = f"{API}/my/classes/{training_class.id}/study-sessions"

    def open(self, **body):
        return self.caller.post(self.path, json={"device": "手机", **body})

    def study_pass(self, *, typ: str = "pass", by: str = "supervision", **changed) -> str:
        return self.paper(by, typ, {**pass_claims(self.known, now=self.clock.now), **changed})

    def report(self, start: int, end: int, *, study_pass: str, place: int = 0) -> dict:
        return {
            "id": str(new_id()), "item_id": str(self.items[place]), "from_seconds": start, "to_seconds": end,
            "pass": study_pass,
        }  # fmt: skip

    def send(self, session_id: str, *reports: dict):
        return self.caller.post(f"{API}/study-sessions/{session_id}/reports", json={"reports": list(reports)})


@pytest.fixture
def learner(session, clock, actor, client, foreign_paper) -> Learner:
    return Learner(session, clock, actor, client, foreign_paper)


def test_a_page_opens_and_what_is_watched_is_credited(learner, clock):
    opened = learner.open(item_id=str(learner.items[0]))
    assert opened.status_code == 201, opened.json
    assert (opened.json["took_over"], opened.json["hindrance"]) == (False, None)
    study_pass = learner.study_pass()
    clock.advance(seconds=70)
    sent = [
        learner.report(0, 60, study_pass=study_pass),
        learner.report(0, 5, study_pass=study_pass, place=1),
    ]
    answer = learner.send(opened.json["id"], *sent)
    assert answer.status_code == 200, answer.json
    said = [(each["id"], each["credited_seconds"], each["reason"]) for each in answer.json["results"]]
    assert said == [(sent[0]["id"], 60, None), (sent[1]["id"], 5, None)]
    assert [item["complete"] for item in answer.json["items"]] == [True, True]
    watched = {item["item_id"]: item["watched"] for item in answer.json["items"]}
    assert watched == {str(learner.items[0]): [[0, 60]], str(learner.items[1]): [[0, 5]]}
    again = learner.send(opened.json["id"], *sent)
    assert again.json["results"] == answer.json["results"]


def test_the_answer_says_in_chinese_why_nothing_was_credited(learner, clock):
    opened = learner.open().json
    study_pass = learner.study_pass()
    clock.advance(seconds=5)
    result = learner.send(opened["id"], learner.report(0, 5, study_pass=study_pass, place=1)).json["results"][
        0
    ]
    assert (result["credited_seconds"], result["reason"]) == (0, "not_open_yet")
    assert "上一课时" in result["reason_text"]


def test_a_pass_that_ended_still_counts_for_its_own_time(learner, clock):
    opened = learner.open().json
    study_pass = learner.study_pass()
    clock.advance(seconds=600)
    result = learner.send(opened["id"], learner.report(0, 60, study_pass=study_pass)).json["results"][0]
    assert (result["credited_seconds"], result["reason"]) == (60, None)


def test_forged_and_foreign_papers_credit_nothing(learner, clock):
    opened = learner.open().json
    papers = [
        learner.study_pass(typ="ticket"), learner.study_pass(by="identity"), learner.study_pass(use="exam"),
        learner.study_pass(enr=str(new_id())), learner.study_pass()[:-4] + "AAAA", "not a token",
    ]  # fmt: skip
    clock.advance(seconds=60)
    answer = learner.send(opened["id"], *(learner.report(0, 9, study_pass=each) for each in papers))
    assert {each["reason"] for each in answer.json["results"]} == {"pass_invalid"}


def test_the_older_page_is_told_that_another_took_over(learner):
    older, newer = learner.open().json, learner.open().json
    assert newer["took_over"]
    answer = learner.send(older["id"], learner.report(0, 5, study_pass=learner.study_pass()))
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.study.session.superseded")


def test_anothers_session_does_not_exist(learner, client, actor):
    opened = learner.open().json
    body = {"reports": [learner.report(0, 5, study_pass=learner.study_pass())]}
    stranger = client.as_(actor("learner"))
    assert stranger.post(f"{API}/study-sessions/{opened['id']}/reports", json=body).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"from_seconds": -1}, "/reports/0/from_seconds"),
        ({"to_seconds": 1.5}, "/reports/0/to_seconds"),
        ({"to_seconds": "9"}, "/reports/0/to_seconds"),
        ({"to_seconds": 10**9}, "/reports/0/to_seconds"),
        ({"from_seconds": 6}, "/reports/0/to_seconds"),
        ({"id": "x"}, "/reports/0/id"),
        ({"pass": None}, "/reports/0/pass"),
        ({"credited": 9}, "/reports/0/credited"),
    ],
)
def test_bad_reports_name_the_field(learner, changed, field):
    opened = learner.open().json
    answer = learner.send(opened["id"], {**learner.report(0, 5, study_pass="x"), **changed})
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["errors"]] == [field]


def test_a_request_has_at_least_one_report(learner):
    opened = learner.open().json
    assert learner.send(opened["id"]).status_code == 422


def test_an_item_of_another_class_is_named(learner):
    opened = learner.open().json
    strange = {**learner.report(0, 5, study_pass="x"), "item_id": str(new_id())}
    answer = learner.send(opened["id"], strange)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.study.report.wrong_item")
    assert answer.json["errors"][0]["field"] == "/reports/0/item_id"
