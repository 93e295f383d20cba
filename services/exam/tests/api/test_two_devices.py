"""One attempt on two devices: the newer answer counts, and the older device is shown it (E4)."""

import pytest
from chassis.ids import new_id

API = "/api/v1/exam"


@pytest.fixture
def attempt(learner) -> dict:
    return learner.start().json


def single_choice(attempt: dict) -> str:
    return next(question["id"] for question in attempt["questions"] if question["kind"] == "single_choice")


def read(learner, attempt: dict) -> dict:
    return learner.caller.get(f"{API}/attempts/{attempt['id']}").json


def hand_in(learner, attempt: dict, **body):
    return learner.caller.post(f"{API}/attempts/{attempt['id']}/hand-in", json=body)


def test_an_answer_given_offline_does_not_overwrite_the_newer_one_of_another_device(learner, attempt) -> None:
    asked = single_choice(attempt)
    newer = learner.save(attempt["id"], asked, ["D"], based_on=None).json
    older = learner.save(attempt["id"], asked, ["A"], based_on=None)
    assert (older.status_code, older.json["code"]) == (409, "exam.answer.outdated")
    assert (older.json["answer"], older.json["answer_id"]) == (["D"], newer["answer_id"])
    stands = next(question for question in read(learner, attempt)["questions"] if question["id"] == asked)
    assert (stands["answer"], stands["answer_id"]) == (["D"], newer["answer_id"])


def test_a_device_that_has_seen_what_stands_may_change_it(learner, attempt) -> None:
    asked = single_choice(attempt)
    first = learner.save(attempt["id"], asked, ["D"], based_on=None).json
    second = learner.save(attempt["id"], asked, ["A"], based_on=first["answer_id"])
    assert (second.status_code, second.json["answer"]) == (200, ["A"])
    assert (first["sequence"], second.json["sequence"]) == (1, 2)


def test_several_answers_given_offline_follow_each_other(learner, attempt) -> None:
    asked, first, second = single_choice(attempt), str(new_id()), str(new_id())
    assert learner.save(attempt["id"], asked, ["A"], id=first, based_on=None).status_code == 200
    assert learner.save(attempt["id"], asked, ["B"], id=second, based_on=first).json["answer"] == ["B"]


def test_an_answer_based_on_a_refused_one_is_refused_as_well(learner, attempt) -> None:
    asked, refused = single_choice(attempt), str(new_id())
    learner.save(attempt["id"], asked, ["D"], based_on=None)
    assert learner.save(attempt["id"], asked, ["A"], id=refused, based_on=None).status_code == 409
    assert learner.save(attempt["id"], asked, ["B"], based_on=refused).status_code == 409


def test_a_repeated_answer_is_told_what_stands_whatever_it_was_based_on(learner, attempt) -> None:
    asked, repeated = single_choice(attempt), str(new_id())
    learner.save(attempt["id"], asked, ["A"], id=repeated, based_on=None)
    learner.save(attempt["id"], asked, ["D"], based_on=repeated)
    again = learner.save(attempt["id"], asked, ["A"], id=repeated, based_on=None)
    assert (again.status_code, again.json["answer"]) == (200, ["D"])


def test_answers_to_other_questions_do_not_outdate_each_other(learner, attempt) -> None:
    first, second, _ = (question["id"] for question in attempt["questions"])
    assert learner.save(attempt["id"], first, [], based_on=None, marked=True).status_code == 200
    assert learner.save(attempt["id"], second, [], based_on=None, marked=True).json["sequence"] == 2


def test_an_answer_that_does_not_say_its_base_counts_as_the_newest(learner, attempt) -> None:
    asked = single_choice(attempt)
    learner.save(attempt["id"], asked, ["D"])
    assert learner.save(attempt["id"], asked, ["A"]).json["answer"] == ["A"]


def test_handing_in_without_having_seen_another_devices_answer_is_refused(learner, attempt) -> None:
    asked = single_choice(attempt)
    learner.save(attempt["id"], asked, ["D"], based_on=None)
    refused = hand_in(learner, attempt, based_on=None)
    assert (refused.status_code, refused.json["code"]) == (409, "exam.attempt.answered_elsewhere")
    seen = read(learner, attempt)
    assert seen["state"] == "running"
    assert hand_in(learner, attempt, based_on=seen["last_answer_id"]).json["state"] == "handed_in"


def test_handing_in_what_was_handed_in_or_ran_out_needs_no_base(learner, attempt, clock) -> None:
    learner.save(attempt["id"], single_choice(attempt), ["D"], based_on=None)
    clock.advance(seconds=900)
    assert hand_in(learner, attempt, based_on=None).json["ended_by"] == "deadline"
    assert hand_in(learner, attempt, based_on=None).status_code == 200
    assert hand_in(learner, attempt).status_code == 200
