"""Right answers are seen when the learner can't be asked the same questions again (E6), and not before."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from exam.actions.close_class import close_class
from exam.models import PaperVersion
from exam.rules.papers import PaperKind
from exam.testing import Classroom, item_of_course, next_version, published_paper

API = "/api/v1/exam"
SECRETS = ("right_answer", "is_right", "explanation", "解析")


def no_key_in(answer: object) -> bool:
    text = json.dumps(answer, ensure_ascii=False)
    return not [secret for secret in SECRETS if secret in text]


def read(learner, attempt_id: str) -> dict:
    return learner.caller.get(f"{API}/attempts/{attempt_id}").json


def test_a_blank_hand_in_gives_no_key_to_the_next_attempt(learner, classroom) -> None:
    handed_in = learner.hand_in(learner.start().json["id"]).json
    assert (handed_in["score"], handed_in["answers_revealed"]) == (0, False)
    assert no_key_in(handed_in)
    assert no_key_in(read(learner, handed_in["id"]))
    assert handed_in["answers_withheld"] == "window_open"
    page = learner.caller.get(f"{API}/classes/{classroom.class_id}/exam", headers=learner.ticket()).json
    assert handed_in["answers_shown_from"] == page["closes_at"]


def test_by_default_answers_wait_for_the_window_although_all_attempts_are_used(learner, clock) -> None:
    attempts = [learner.hand_in(learner.start().json["id"]).json for _ in range(3)]
    assert all(no_key_in(attempt) for attempt in attempts)
    clock.advance(hours=4)
    shown = read(learner, attempts[0]["id"])
    assert (shown["answers_revealed"], shown["answers_withheld"], shown["answers_shown_from"]) == (
        True,
        None,
        None,
    )
    assert all(question["right_answer"] for question in shown["questions"])


def test_a_class_may_show_answers_as_soon_as_the_attempts_are_used(learner, classroom, session) -> None:
    classroom.answers_shown, classroom.version = "after_attempts", 2
    classroom.announce(session)
    first, second = (learner.hand_in(learner.start().json["id"]).json for _ in range(2))
    assert first["answers_withheld"] == second["answers_withheld"] == "attempts_left"
    last = learner.start().json["id"]
    assert no_key_in(read(learner, first["id"]))
    assert not no_key_in(learner.hand_in(last).json)
    assert not no_key_in(read(learner, first["id"]))


def test_a_further_attempt_takes_the_answers_back(learner, classroom, session) -> None:
    classroom.answers_shown, classroom.attempts, classroom.version = "after_attempts", 1, 2
    classroom.announce(session)
    only = learner.hand_in(learner.start().json["id"]).json
    assert only["answers_revealed"]
    classroom.attempts, classroom.version = 2, 3
    classroom.announce(session)
    assert no_key_in(read(learner, only["id"]))


def test_an_attempt_that_ran_out_gives_no_key_before_anybody_handed_it_in(learner, clock) -> None:
    started = learner.start().json
    clock.advance(seconds=901)
    shown = read(learner, started["id"])
    assert shown["state"] == "handed_in"
    assert no_key_in(shown)


def test_a_graduation_that_can_still_be_rejected_gives_no_key(learner, classroom, session, clock) -> None:
    attempt = learner.hand_in(learner.start().json["id"]).json
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    classroom.state, classroom.version = "graduation_review", 2
    classroom.announce(session)
    assert no_key_in(read(learner, attempt["id"]))
    classroom.state, classroom.version = "graduated", 3
    classroom.announce(session)
    assert read(learner, attempt["id"])["answers_revealed"]


@pytest.mark.parametrize("same_paper", [True, False], ids=["same version", "next version of the paper"])
def test_another_class_that_still_asks_keeps_the_answers_back(
    learner, classroom, session, clock, same_paper: bool
) -> None:
    attempt = learner.hand_in(learner.start().json["id"]).json
    clock.advance(hours=4)
    assert read(learner, attempt["id"])["answers_revealed"]
    paper = session.get_one(PaperVersion, classroom.paper_version_id)
    other = Classroom(
        now=clock.now,
        paper_version_id=(paper if same_paper else next_version(session, paper, now=clock.now)).id,
        account_id=classroom.account_id,
        opens_in=timedelta(days=1),
        closes_in=timedelta(days=2),
    )
    other.announce(session)
    withheld = read(learner, attempt["id"])
    assert no_key_in(withheld)
    assert withheld["answers_shown_from"] > withheld["server_time"]


def start_item(learner, item) -> dict:
    headers = learner.item_ticket(item) | learner.study_pass("study")
    return learner.caller.post(f"{API}/item-attempts", headers=headers).json


def test_an_exercise_shows_its_answers_at_once(learner, session, clock) -> None:
    item = item_of_course(published_paper(session, now=clock.now, kind=PaperKind.EXERCISE))
    done = learner.hand_in(start_item(learner, item)["id"]).json
    assert done["answers_revealed"]
    assert done["questions"][0]["right_answer"]


def test_an_exercise_that_asks_the_exams_own_paper_gives_no_key(learner, classroom, session, clock) -> None:
    paper = session.get_one(PaperVersion, classroom.paper_version_id)
    item = replace(item_of_course(paper), kind="exercise")
    done = learner.hand_in(start_item(learner, item)["id"]).json
    assert no_key_in(done)
    clock.advance(hours=4)
    assert read(learner, done["id"])["answers_revealed"]


def test_a_mock_exam_waits_for_the_end_of_the_class(learner, session, clock) -> None:
    item = item_of_course(published_paper(session, now=clock.now, kind=PaperKind.MOCK_EXAM))
    done = learner.hand_in(start_item(learner, item)["id"]).json
    assert (done["answers_withheld"], no_key_in(done)) == ("repeatable", True)
    clock.advance(days=6)
    assert read(learner, done["id"])["answers_revealed"]


def test_teachers_see_right_answers_of_what_was_handed_in(learner, client, actor, classroom) -> None:
    attempt = learner.hand_in(learner.start().json["id"]).json
    teacher = client.as_(
        actor("class_teacher", account_id=classroom.teacher_id, provider_id=classroom.provider_id)
    )
    seen = teacher.get(f"{API}/classes/{classroom.class_id}/attempts/{attempt['id']}").json
    assert all(question["right_answer"] for question in seen["questions"])
