from datetime import timedelta

import pytest
import sqlalchemy as sa
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from exam.actions.hand_in import hand_in
from exam.actions.hand_in_overdue import hand_in_overdue
from exam.actions.save_answer import Answer, save_answer
from exam.actions.start_exam import start_exam
from exam.models import Attempt, db
from exam.queries.attempts import AttemptNotFound
from exam.testing import Classroom, published_paper, right_letters


def begin(session, classroom, *, now) -> Attempt:
    return start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=now).attempt


def answer_right(session, attempt, *, now, only: int = 3) -> None:
    for question_id, letters in list(right_letters(attempt).items())[:only]:
        answer = Answer(change_id=new_id(), question_id=question_id, letters=tuple(letters), marked=False)
        save_answer(session, attempt_id=attempt.id, account_id=attempt.account_id, answer=answer, now=now)


def test_all_right_is_the_whole_score(session, classroom, clock, announced) -> None:
    attempt = begin(session, classroom, now=clock.now)
    answer_right(session, attempt, now=clock.now)
    hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.advance(seconds=75))
    assert (attempt.score, attempt.passed, attempt.ended_by) == (100, True, "learner")
    (said,) = announced("exam.attempt.handed_in.v1")
    assert (said["score"], said["passed"], said["seconds"], said["number"]) == (100, True, 75, 1)
    assert (said["enrolment_id"], said["epoch"]) == (str(classroom.enrolment_id), 1)


def test_nothing_answered_is_nothing_earned(session, classroom, clock) -> None:
    attempt = begin(session, classroom, now=clock.now)
    hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
    assert (attempt.score, attempt.passed) == (0, False)


def test_handing_in_twice_is_harmless(session, classroom, clock, announced) -> None:
    attempt = begin(session, classroom, now=clock.now)
    first = hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
    moment = first.handed_in_at
    again = hand_in(
        session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.advance(minutes=5)
    )
    assert again.handed_in_at == moment
    assert len(announced("exam.attempt.handed_in.v1")) == 1


def test_nobody_hands_in_for_somebody_else(session, classroom, clock) -> None:
    attempt = begin(session, classroom, now=clock.now)
    with pytest.raises(AttemptNotFound):
        hand_in(session, attempt_id=attempt.id, account_id=new_id(), now=clock.now)


def test_what_ran_out_is_handed_in_as_of_its_deadline(session, classroom, clock, announced) -> None:
    attempt = begin(session, classroom, now=clock.now)
    answer_right(session, attempt, now=clock.now)
    assert hand_in_overdue(session, now=attempt.deadline - timedelta(seconds=1)) == 0
    assert hand_in_overdue(session, now=attempt.deadline + timedelta(hours=9)) == 1
    assert hand_in_overdue(session, now=attempt.deadline + timedelta(hours=9)) == 0
    assert (attempt.handed_in_at, attempt.ended_by, attempt.score) == (attempt.deadline, "deadline", 100)
    (said,) = announced("exam.attempt.handed_in.v1")
    assert said["seconds"] == 900


def test_of_learner_job_and_second_device_at_once_one_hands_in(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now)
        classroom = Classroom(now=clock.now, paper_version_id=paper.id)
        classroom.announce(session)
        attempt = begin(session, classroom, now=clock.now)
        attempt_id, deadline = attempt.id, attempt.deadline

    def by_learner() -> str | None:
        with committed.sessions() as session, transaction(session):
            done = hand_in(session, attempt_id=attempt_id, account_id=classroom.account_id, now=deadline)
            return done.ended_by

    def by_job() -> int:
        with committed.sessions() as session, transaction(session):
            return hand_in_overdue(session, now=deadline)

    results = race(by_learner, by_job, by_learner)
    assert (results[0], results[2]) == ("deadline", "deadline")
    with committed.sessions() as session:
        outbox = db.metadata.tables["bus_outbox"]
        told = session.scalar(sa.select(sa.func.count()).where(outbox.c.type == "exam.attempt.handed_in.v1"))
        assert told == 1
