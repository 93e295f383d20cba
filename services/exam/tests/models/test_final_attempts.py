import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from exam.actions.hand_in import hand_in
from exam.actions.save_answer import Answer, save_answer
from exam.actions.start_exam import start_exam
from exam.models import Attempt, SavedAnswer
from sqlalchemy.exc import DBAPIError


@pytest.fixture
def attempt(session, classroom, clock) -> Attempt:
    ticket = classroom.ticket()
    started = start_exam(session, class_id=classroom.class_id, ticket=ticket, now=clock.now).attempt
    asked = started.paper.questions[0].question_id
    answer = Answer(change_id=new_id(), question_id=asked, letters=(), marked=True)
    save_answer(session, attempt_id=started.id, account_id=classroom.account_id, answer=answer, now=clock.now)
    return started


@pytest.mark.parametrize("change", [{"score": 100}, {"passed": True}, {"deadline": None}])
def test_the_database_itself_keeps_what_was_handed_in(session, attempt, classroom, clock, change) -> None:
    hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
    refused = pytest.raises(DBAPIError, match="an attempt that was handed in never changes")
    with refused, session.begin_nested():
        session.execute(sa.update(Attempt).values(**change))


@pytest.mark.parametrize("change", [sa.delete(SavedAnswer), sa.update(SavedAnswer).values(marked=False)])
def test_the_database_itself_only_adds_saves(session, attempt, change) -> None:
    with pytest.raises(DBAPIError, match="saved answers are only added"), session.begin_nested():
        session.execute(change)
