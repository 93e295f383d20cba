import itertools

import pytest
from chassis import clock as real_clock
from supervision.testing import Classroom

API = "/api/v1/supervision"


def read_pass(client, token: str) -> dict:
    papers = client.app.extensions["kaike.runtime"].papers
    return papers.read(token, typ="pass", issuer="supervision", now=real_clock.now())


def test_duties_are_listed_until_they_are_done(learner) -> None:
    first = learner.ask_pass()
    assert (first.status_code, first.json["code"]) == (409, "supervision.duties.due")
    assert first.json["duties"] == [
        {"kind": "real_name"},
        {"kind": "consent"},
        {"kind": "check_in", "slot": "morning"},
    ]
    learner.verify()
    assert learner.ask_pass().json["duties"] == [{"kind": "check_in", "slot": "morning"}]
    learner.check_in()
    assert learner.ask_pass().status_code == 201


def test_a_pass_is_signed_for_120_seconds(learner, client, classroom, clock) -> None:
    learner.verify()
    learner.check_in()
    given = learner.ask_pass().json
    claims = read_pass(client, given["pass"])
    assert claims["exp"] - claims["nbf"] == 120
    assert (claims["sub"], claims["enr"], claims["cls"], claims["use"]) == (
        str(classroom.account_id),
        str(classroom.enrolment_id),
        str(classroom.class_id),
        "study",
    )
    assert claims["nbf"] == int(clock.now.timestamp())
    assert given["duties"] == []


@pytest.mark.parametrize(("use", "statements"), [("study", 5), ("exam", 2)])
def test_a_pass_takes_few_statements(learner, counted, use: str, statements: int) -> None:
    learner.verify()
    learner.check_in()
    with counted() as seen:
        assert learner.ask_pass(use).status_code == 201
    # class and enrolment, the account; for study also the last passes, the slots, and the new pass
    assert len(seen) == statements, seen


def test_the_exam_asks_for_no_check_in(learner, client) -> None:
    assert [duty["kind"] for duty in learner.ask_pass("exam").json["duties"]] == ["real_name", "consent"]
    learner.verify()
    given = learner.ask_pass("exam")
    assert given.status_code == 201
    assert read_pass(client, given.json["pass"])["use"] == "exam"


def test_at_noon_a_learner_in_the_middle_of_study_has_120_seconds(learner, clock) -> None:
    learner.verify()
    learner.check_in()
    clock.advance(hours=1, minutes=59)
    assert learner.ask_pass().status_code == 201
    clock.advance(seconds=100)
    waiting = learner.ask_pass()
    assert waiting.status_code == 201
    assert waiting.json["duties"] == [
        {"kind": "check_in", "slot": "afternoon", "due_by": "2026-03-02T04:02:00.000Z"}
    ]
    clock.advance(seconds=80)
    assert learner.ask_pass().json["duties"] == [{"kind": "check_in", "slot": "afternoon"}]
    learner.check_in()
    assert learner.ask_pass().json["duties"] == []


def test_who_comes_after_noon_has_no_grace(learner, clock) -> None:
    learner.verify()
    learner.check_in()
    learner.ask_pass()
    clock.advance(hours=2, seconds=30)
    assert learner.ask_pass().status_code == 409


def test_an_exam_pass_is_no_study_that_gives_grace(learner, clock) -> None:
    learner.verify()
    clock.advance(hours=1, minutes=59)
    assert learner.ask_pass("exam").status_code == 201
    clock.advance(seconds=70)
    assert learner.ask_pass().status_code == 409


def test_a_class_that_asks_for_nothing_gives_passes_all_the_same(learner, session, clock) -> None:
    free = Classroom(now=clock.now, real_name=False, check_in="off", account_id=learner.classroom.account_id)
    free.announce(session)
    learner.classroom = free
    assert learner.ask_pass().status_code == learner.ask_pass("exam").status_code == 201


@pytest.mark.parametrize(
    ("changes", "use", "code"),
    [
        ({"state": "graduation_review"}, "study", "supervision.class.not_open"),
        ({"state": "graduation_review"}, "exam", "supervision.class.not_open"),
        ({"ends_in": -1}, "study", "supervision.class.no_class_day"),
        ({"starts_in": 1}, "study", "supervision.class.no_class_day"),
    ],
)
def test_a_class_that_is_not_on_gives_no_pass(learner, session, clock, changes, use: str, code: str) -> None:
    found = Classroom(now=clock.now, account_id=learner.classroom.account_id, **changes)
    found.announce(session)
    learner.classroom = found
    refused = learner.ask_pass(use)
    assert (refused.status_code, refused.json["code"]) == (409, code)


def test_after_a_class_was_opened_again_old_tickets_are_refused(learner, classroom, session) -> None:
    learner.verify()
    learner.check_in()
    old = learner.ticket()
    classroom.epoch, classroom.version = 2, 2
    classroom.announce(session)
    path = f"{API}/classes/{classroom.class_id}/passes"
    refused = learner.caller.post(path, json={"use": "study"}, headers=old)
    assert (refused.status_code, refused.json["code"]) == (410, "supervision.ticket.outdated")
    assert learner.ask_pass().status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "/use"), ({"use": "play"}, "/use"), ({"use": "study", "seconds": 999}, "/seconds")],
)
def test_a_bad_request_names_its_field(learner, classroom, body, field: str) -> None:
    path = f"{API}/classes/{classroom.class_id}/passes"
    refused = learner.caller.post(path, json=body, headers=learner.ticket())
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, field)


def test_the_next_pass_continues_where_the_last_one_ends(learner, client, clock) -> None:
    learner.verify()
    learner.check_in()
    ends = []
    for _ in range(3):
        ends.append(read_pass(client, learner.ask_pass().json["pass"])["exp"])
        clock.advance(minutes=2)
    assert [later - earlier for earlier, later in itertools.pairwise(ends)] == [120, 120]
