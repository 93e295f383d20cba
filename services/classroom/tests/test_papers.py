"""Tickets are what contracts/papers promises, and the papers of others are understood."""

from __future__ import annotations

from uuid import UUID

import pytest
from chassis.ids import new_id
from chassis.testing import check_paper, paper_examples
from chassis.web import current_actor
from classroom.joining.testing import enrol, joined, open_training_class
from classroom.roster.models import DocumentCipher
from classroom.study.actions.add_learner import add_learner
from classroom.study.testing import item_ids, package_data, studied_class
from classroom.testing import CIPHER

API = "/api/v1/classroom"
ACCESS, PASSES = paper_examples("access"), paper_examples("pass")
KINDS = ("video", "document", "exercise", "mock_exam")


@pytest.fixture
def open_class(session, clock):
    """Opens a class; by default with a package whose items are all open."""

    def make(**given):
        package = given.pop("package", package_data(play_order="free"))
        return package, open_training_class(session, now=clock.now, package=package, **given)

    return make


@pytest.fixture
def join(session, clock, actor):
    """A learner who has joined the class."""

    def make(training_class):
        who = actor("learner")
        enrolment = enrol(
            session, training_class=training_class, cipher=CIPHER, name="张三", number="E1", now=clock.now
        )
        joined(session, enrolment=enrolment, actor=who, now=clock.now)
        return who

    return make


@pytest.mark.parametrize("package", [package_data(), None], ids=["recorded", "without recorded courses"])
def test_the_ticket_of_a_class_page_is_as_promised(client, open_class, join, package):
    _, training_class = open_class(package=package)
    who = join(training_class)
    page = client.as_(who).get(f"{API}/my/classes/{training_class.id}").json
    claims = check_paper(page["ticket"]["ticket"], typ="ticket")
    assert (claims["sub"], claims["cls"]) == (str(who.account_id), str(training_class.id))
    assert claims["name"] == page["learner_name"] == "张三"
    assert (claims["pkg"] is None) == (package is None)


def test_the_ticket_given_at_joining_is_as_promised(client, app, session, open_class, clock, actor):
    _, training_class = open_class()
    cipher = DocumentCipher.from_settings(app.extensions["kaike.runtime"].settings)
    enrol(session, training_class=training_class, cipher=cipher, name="李四", number="E2", now=clock.now)
    body = {"name": "李四", "document_number": "E2", "class_password": training_class.class_password}
    answer = client.as_(actor("learner")).post(f"{API}/joins", json=body)
    assert answer.status_code == 200, answer.json
    check_paper(answer.json["ticket"], typ="ticket")


@pytest.mark.parametrize("kind", KINDS)
def test_the_ticket_of_an_item_is_as_promised(client, open_class, join, kind):
    package, training_class = open_class()
    who = join(training_class)
    kinds = [item["kind"] for course in package["courses"] for item in course["items"]]
    item_id = item_ids(package)[kinds.index(kind)]
    answer = client.as_(who).post(f"{API}/my/classes/{training_class.id}/items/{item_id}/ticket")
    assert answer.status_code == 200, answer.json
    claims = check_paper(answer.json["ticket"], typ="item-ticket")
    assert (claims["item"]["id"], claims["item"]["kind"]) == (str(item_id), kind)


@pytest.mark.parametrize(("use", "credited", "reason"), [("study", 60, None), ("exam", 0, "pass_invalid")])
def test_a_study_pass_as_promised_is_credited_and_one_for_the_exam_is_not(
    client, session, clock, actor, foreign_paper, use, credited, reason
):
    said, package = PASSES[use], package_data()
    study_class = studied_class(session, now=clock.now, package=package, class_id=UUID(said["cls"]))
    who = actor("learner", account_id=UUID(said["sub"]))
    add_learner(
        session,
        class_id=study_class.class_id,
        enrolment_id=UUID(said["enr"]),
        account_id=who.account_id,
        now=clock.now,
    )
    caller = client.as_(who)
    path = f"{API}/my/classes/{study_class.class_id}/study-sessions"
    opened = caller.post(path, json={"device": "手机"}).json
    clock.advance(seconds=70)
    report = {
        "id": str(new_id()),
        "item_id": str(item_ids(package)[0]),
        "from_seconds": 0,
        "to_seconds": 60,
        "pass": foreign_paper("supervision", "pass", said),
    }
    answer = caller.post(f"{API}/study-sessions/{opened['id']}/reports", json={"reports": [report]})
    assert answer.status_code == 200, answer.json
    [result] = answer.json["results"]
    assert (result["credited_seconds"], result["reason"]) == (credited, reason)


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_as_promised_says_who_is_asking(app, clock, foreign_paper, name):
    claims = ACCESS[name]
    token = foreign_paper("identity", "access", claims)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    assert (str(actor.account_id), actor.roles) == (claims["sub"], set(claims["roles"]))
