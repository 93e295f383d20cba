import uuid
from datetime import timedelta

import pytest
from chassis.db import transaction
from chassis.ids import new_id
from exam.actions.close_class import close_class
from exam.actions.start_exam import start_exam
from exam.models import Attempt
from exam.rules.papers import PaperKind
from exam.testing import Classroom, item_of_course, published_paper, right_letters

API = "/api/v1/exam"
SECRETS = ("right_answer", "is_right", "explanation", "解析")


def test_before_starting_the_page_shows_window_attempts_duration_and_account(
    learner, classroom, clock
) -> None:
    found = learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket()).json
    assert (found["attempts_used"], found["attempts_allowed"], found["seconds"]) == (0, 3, 900)
    assert (found["account_name"], found["window"], found["best_score"]) == ("手机用户1234", "open", None)
    assert found["opens_at"] < found["server_time"] < found["closes_at"]


def test_the_page_before_the_exam_names_the_learner_as_the_roster_does(learner, classroom) -> None:
    headers = learner.ticket(name="买买提·艾力")
    found = learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=headers).json
    assert found["account_name"] == "买买提·艾力"


def test_the_whole_way_through_an_exam(learner, session, classroom, clock) -> None:
    started = learner.start()
    assert started.status_code == 201
    attempt = session.get_one(Attempt, uuid.UUID(started.json["id"]))
    for question_id, letters in right_letters(attempt).items():
        saved = learner.save(started.json["id"], str(question_id), letters, marked=True)
        assert saved.json["answer"] == letters
    clock.advance(seconds=300)
    resumed = learner.caller.get(f"{API}/attempts/{started.json['id']}").json
    assert resumed["remaining_seconds"] == 600
    assert all(question["answer"] and question["marked"] for question in resumed["questions"])
    done = learner.hand_in(started.json["id"]).json
    assert (done["score"], done["passed"], done["state"]) == (100, True, "handed_in")
    page = learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket()).json
    assert (page["attempts_used"], page["attempts_left"], page["best_score"]) == (1, 2, 100)
    mine = learner.caller.get(f"{API}/classes/{classroom.class_id}/attempts/mine").json
    assert [(one["number"], one["score"]) for one in mine["items"]] == [(1, 100)]
    clock.advance(hours=4)
    result = learner.caller.get(f"{API}/attempts/{started.json['id']}").json
    assert all(question["is_right"] for question in result["questions"])
    assert all(question["answer"] == question["right_answer"] for question in result["questions"])


def test_right_answers_never_leave_before_the_window_is_over(learner, classroom, clock) -> None:
    started = learner.start()
    attempt_id = started.json["id"]
    seen = [
        started,
        learner.caller.get(f"{API}/attempts/{attempt_id}"),
        learner.save(attempt_id, started.json["questions"][0]["id"], []),
        learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket()),
        learner.caller.get(f"{API}/classes/{classroom.class_id}/attempts/mine"),
        learner.start(),
        learner.hand_in(attempt_id),
    ]
    for response in seen:
        text = response.get_data(as_text=True)
        assert response.status_code in (200, 201)
        assert not [secret for secret in SECRETS if secret in text]
    clock.advance(hours=4)
    after = learner.caller.get(f"{API}/attempts/{attempt_id}").get_data(as_text=True)
    assert all(secret in after for secret in SECRETS)


def test_the_learners_letters_say_nothing_of_the_banks(learner, session) -> None:
    started = learner.start().json
    for question in started["questions"]:
        letters = [option["key"] for option in question["options"]]
        assert letters == (["T", "F"] if question["kind"] == "true_false" else list("ABCD"))


def test_starting_again_goes_on_with_200(learner) -> None:
    first, again = learner.start(), learner.start()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert first.json["questions"] == again.json["questions"]


def test_a_late_answer_is_refused_and_the_attempt_is_handed_in(learner, clock, announced) -> None:
    started = learner.start().json
    judged = next(question for question in started["questions"] if question["kind"] == "true_false")
    learner.save(started["id"], judged["id"], ["F"])
    clock.advance(seconds=900)
    late = learner.save(started["id"], judged["id"], ["T"])
    assert (late.status_code, late.json["code"]) == (409, "exam.attempt.over")
    assert [said["score"] for said in announced("exam.attempt.handed_in.v1")] == [30]


def test_time_up_is_shown_as_handed_in_even_before_anybody_did_it(learner, clock) -> None:
    started = learner.start().json
    clock.advance(seconds=901)
    shown = learner.caller.get(f"{API}/attempts/{started['id']}").json
    assert (shown["state"], shown["remaining_seconds"], shown["ended_by"]) == ("handed_in", 0, "deadline")
    done = learner.hand_in(started["id"]).json
    for name in ("score", "passed", "handed_in_at", "used_seconds", "ended_by"):
        assert shown[name] == done[name]


def test_an_exercise_needs_its_item_ticket_and_a_study_pass(learner, session, clock) -> None:
    item = item_of_course(published_paper(session, now=clock.now, kind=PaperKind.EXERCISE))
    path = f"{API}/item-attempts"
    good = learner.item_ticket(item) | learner.study_pass("study")
    assert (
        learner.caller.post(path, headers=learner.ticket() | learner.study_pass("study")).status_code == 404
    )
    assert learner.caller.post(path, headers=learner.item_ticket(item)).json["code"] == "exam.pass.needed"
    wrong = learner.item_ticket(item) | learner.study_pass("exam")
    assert learner.caller.post(path, headers=wrong).json["code"] == "exam.pass.needed"
    started = learner.caller.post(path, headers=good)
    assert (started.status_code, started.json["remaining_seconds"] > 86400) == (201, True)
    assert started.json["seconds"] is None


@pytest.mark.parametrize("whose", ["sub", "enr", "cls"])
def test_a_pass_of_somebody_else_is_none(learner, classroom, whose: str) -> None:
    headers = learner.ticket() | learner.study_pass("exam", **{whose: str(new_id())})
    refused = learner.caller.post(f"{API}/classes/{classroom.class_id}/attempts", headers=headers)
    assert (refused.status_code, refused.json["code"]) == (409, "exam.pass.needed")


def test_an_old_pass_is_none(learner, classroom, clock) -> None:
    headers = learner.ticket() | learner.study_pass("exam")
    clock.advance(seconds=122)
    refused = learner.caller.post(f"{API}/classes/{classroom.class_id}/attempts", headers=headers)
    assert refused.json["code"] == "exam.pass.needed"


def test_no_ticket_or_a_strangers_answers_404_and_an_old_one_says_so(learner, classroom, clock) -> None:
    path = f"{API}/classes/{classroom.class_id}/exam"
    old = learner.ticket()
    for headers in (
        {},
        {"Kaike-Ticket": "x"},
        learner.ticket(sub=str(new_id())),
        learner.ticket(enr="no id"),
    ):
        assert learner.caller.get(path, headers=headers).status_code == 404
    clock.advance(seconds=3700)
    late = learner.caller.get(path, headers=old)
    assert (late.status_code, late.json["code"]) == (410, "exam.ticket.expired")


def test_after_a_class_was_opened_again_old_tickets_say_so_and_new_ones_are_good(
    learner, classroom, session, clock
) -> None:
    old = learner.ticket()
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    path = f"{API}/classes/{classroom.class_id}"
    closed = learner.caller.post(f"{path}/attempts", headers=old | learner.study_pass("exam"))
    assert (closed.status_code, closed.json["code"]) == (409, "exam.class.closed")
    classroom.epoch, classroom.version = 2, 2
    classroom.announce(session)
    for refused in (
        learner.caller.post(f"{path}/attempts", headers=old | learner.study_pass("exam")),
        learner.caller.get(f"{path}/exam", headers=old),
    ):
        assert (refused.status_code, refused.json["code"]) == (410, "exam.ticket.outdated")
    assert learner.start().status_code == 201


def test_the_answer_page_takes_few_statements(learner, classroom, counted, session) -> None:
    learner.hand_in(learner.start().json["id"])  # the class's gate is there
    with counted() as starting:
        started = learner.start().json
    asked = started["questions"][0]
    with counted() as saving:
        learner.save(started["id"], asked["id"], [asked["options"][0]["key"]])
    # gate, class, running attempt, attempts so far, paper, its questions, the attempt, its answers
    assert len(starting) == 8, starting
    # the attempt, its last save, the new save
    assert len(saving) == 3, saving


def test_news_not_yet_here_answers_503_with_retry_after(learner, classroom) -> None:
    ahead = learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket(pol=7))
    assert (ahead.status_code, ahead.json["code"]) == (503, "projection.pending")
    assert ahead.headers["Retry-After"] == "1"


def test_somebody_elses_attempt_does_not_exist(learner, client, actor, classroom) -> None:
    attempt_id = learner.start().json["id"]
    stranger = client.as_(actor("learner"))
    asked = learner.caller.get(f"{API}/attempts/{attempt_id}").json["questions"][0]["id"]
    assert stranger.get(f"{API}/attempts/{attempt_id}").status_code == 404
    assert stranger.post(f"{API}/attempts/{attempt_id}/hand-in").status_code == 404
    body = {"id": str(new_id()), "answer": []}
    assert stranger.put(f"{API}/attempts/{attempt_id}/answers/{asked}", json=body).status_code == 404


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answer": "A"}, "/answer"),
        ({"answer": [1]}, "/answer/0"),
        ({"answer": ["AB"]}, "/answer/0"),
        ({"answer": None}, "/answer"),
        ({"id": "not an id"}, "/id"),
        ({"marked": "yes"}, "/marked"),
        ({"extra": 1}, "/extra"),
        ({"answer": ["Z"]}, "/answer/0"),
    ],
)
def test_a_bad_answer_names_its_field_and_keeps_nothing(learner, change, field: str) -> None:
    started = learner.start().json
    asked = started["questions"][0]["id"]
    body = {"id": str(new_id()), "answer": [], **change}
    refused = learner.caller.put(f"{API}/attempts/{started['id']}/answers/{asked}", json=body)
    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert field in [error["field"] for error in refused.json["errors"]]


def test_the_deadline_is_the_earlier_of_duration_and_window(learner, clock) -> None:
    clock.advance(hours=3, minutes=50)
    started = learner.start().json
    assert started["remaining_seconds"] == timedelta(minutes=10).total_seconds()


def test_handing_in_what_came_too_late_is_committed_although_it_answers_409(committed, actor, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now)
        classroom = Classroom(now=clock.now, paper_version_id=paper.id)
        classroom.announce(session)
        started = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=clock.now)
        attempt_id, asked = started.attempt.id, paper.questions[0].question_id
    clock.advance(minutes=16)
    caller = committed.client.as_(actor("learner", account_id=classroom.account_id))
    body = {"id": str(new_id()), "answer": ["A"]}
    assert caller.put(f"{API}/attempts/{attempt_id}/answers/{asked}", json=body).status_code == 409
    with committed.sessions() as session:
        kept = session.get_one(Attempt, attempt_id)
        assert (kept.ended_by, kept.score) == ("deadline", 0)
