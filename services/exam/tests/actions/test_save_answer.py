import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing.race import race
from exam.actions.hand_in import hand_in
from exam.actions.save_answer import (
    Answer,
    AnswerOutdated,
    AnswerUnsound,
    ChangeIdReused,
    QuestionNotAsked,
    save_answer,
)
from exam.actions.start_exam import start_exam
from exam.models import Attempt, SavedAnswer
from exam.queries.attempts import AttemptNotFound, saved_answers
from exam.testing import Classroom, published_paper, right_letters


@pytest.fixture
def attempt(session, classroom, clock) -> Attempt:
    started = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=clock.now)
    return started.attempt


def save(session, attempt, question_id, letters, *, now, change_id=None, marked=False, account_id=None):
    answer = Answer(
        change_id=change_id or new_id(), question_id=question_id, letters=tuple(letters), marked=marked
    )
    return save_answer(
        session,
        attempt_id=attempt.id,
        account_id=account_id or attempt.account_id,
        answer=answer,
        now=now,
    )


def a_question(attempt: Attempt, kind: str) -> uuid.UUID:
    return next(uuid.UUID(shown["question_id"]) for shown in attempt.question_order if shown["kind"] == kind)


def test_an_answer_is_kept_in_the_banks_own_letters(session, attempt, clock) -> None:
    for question_id, letters in right_letters(attempt).items():
        save(session, attempt, question_id, letters, now=clock.now)
    kept = sorted("".join(kept.answer) for kept in saved_answers(session, attempt).values())
    assert kept == ["A", "AC", "F"]


def test_the_same_save_again_changes_nothing(session, attempt, clock) -> None:
    asked, change = a_question(attempt, "single_choice"), new_id()
    first = save(session, attempt, asked, "B", now=clock.now, change_id=change, marked=True)
    again = save(session, attempt, asked, "B", now=clock.now, change_id=change, marked=True)
    assert (first.letters, again.letters, again.marked) == (("B",), ("B",), True)
    assert session.query(SavedAnswer).count() == 1


def test_an_old_save_repeated_late_does_not_undo_a_newer_one(session, attempt, clock) -> None:
    asked, change = a_question(attempt, "single_choice"), new_id()
    save(session, attempt, asked, "B", now=clock.now, change_id=change)
    save(session, attempt, asked, "C", now=clock.now)
    again = save(session, attempt, asked, "B", now=clock.now, change_id=change)
    assert again.letters == ("C",)


def test_one_id_for_two_different_answers_is_refused(session, attempt, clock) -> None:
    asked, change = a_question(attempt, "single_choice"), new_id()
    save(session, attempt, asked, "B", now=clock.now, change_id=change)
    with pytest.raises(ChangeIdReused):
        save(session, attempt, asked, "C", now=clock.now, change_id=change)


def test_an_empty_answer_takes_the_answer_back(session, attempt, clock) -> None:
    asked = a_question(attempt, "multiple_choice")
    save(session, attempt, asked, "AB", now=clock.now)
    save(session, attempt, asked, "", now=clock.now)
    assert saved_answers(session, attempt)[str(asked)].answer == ()


@pytest.mark.parametrize(
    ("kind", "letters"), [("single_choice", "AB"), ("single_choice", "E"), ("true_false", "A")]
)
def test_an_impossible_answer_is_refused_at_its_field(session, attempt, clock, kind, letters) -> None:
    with pytest.raises(AnswerUnsound) as refused:
        save(session, attempt, a_question(attempt, kind), letters, now=clock.now)
    assert all(error.field.startswith("/answer") for error in refused.value.fields)


def test_a_question_that_was_not_asked_is_refused(session, attempt, clock) -> None:
    with pytest.raises(QuestionNotAsked):
        save(session, attempt, new_id(), "A", now=clock.now)


def test_nobody_answers_for_somebody_else(session, attempt, clock) -> None:
    with pytest.raises(AttemptNotFound):
        save(session, attempt, a_question(attempt, "single_choice"), "A", now=clock.now, account_id=new_id())


def test_the_last_second_counts_and_the_deadline_does_not(session, attempt, clock, announced) -> None:
    asked = a_question(attempt, "true_false")
    assert not save(session, attempt, asked, "F", now=attempt.deadline - timedelta(milliseconds=1)).late
    late = save(session, attempt, asked, "T", now=attempt.deadline)
    assert late.late
    assert (attempt.ended_by, attempt.handed_in_at, attempt.score) == ("deadline", attempt.deadline, 30)
    assert len(announced("exam.attempt.handed_in.v1")) == 1


def test_after_hand_in_a_new_answer_is_late_and_an_old_one_harmless(session, attempt, clock) -> None:
    asked, change = a_question(attempt, "true_false"), new_id()
    save(session, attempt, asked, "T", now=clock.now, change_id=change)
    hand_in(session, attempt_id=attempt.id, account_id=attempt.account_id, now=clock.now)
    assert save(session, attempt, asked, "F", now=clock.now).late
    assert not save(session, attempt, asked, "T", now=clock.now, change_id=change).late
    assert attempt.score == 0


def test_of_two_devices_that_answer_at_once_one_is_refused(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now)
        classroom = Classroom(now=clock.now, paper_version_id=paper.id)
        classroom.announce(session)
        started = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=clock.now)
        attempt_id, asked = started.attempt.id, paper.questions[0].question_id

    def answer(letter: str) -> Callable[[], tuple[str, ...]]:
        def give() -> tuple[str, ...]:
            given = Answer(
                change_id=new_id(), question_id=asked, letters=(letter,), marked=False, based_on=None
            )
            with committed.sessions() as session, transaction(session):
                return save_answer(
                    session,
                    attempt_id=attempt_id,
                    account_id=classroom.account_id,
                    answer=given,
                    now=clock.now,
                ).letters

        return give

    results = race(answer("A"), answer("D"))
    assert [type(result) for result in results].count(AnswerOutdated) == 1
    with committed.sessions() as session:
        assert session.query(SavedAnswer).count() == 1
