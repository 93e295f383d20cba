from datetime import timedelta

import pytest
from chassis.clock import shanghai_day, shanghai_midnight
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from exam.actions.hand_in import hand_in
from exam.actions.start_attempt import PaperMissing
from exam.actions.start_item import NoClassDay, OtherMockRunning, start_item
from exam.models import Attempt
from exam.rules.papers import PaperKind
from exam.rules.tickets import Item
from exam.testing import Classroom, item_of_course, published_paper


def item(session, clock, kind: PaperKind) -> Item:
    return item_of_course(published_paper(session, now=clock.now, kind=kind, seconds=600))


def test_an_exercise_has_no_time_limit_but_the_class_end(session, classroom, clock) -> None:
    asked = item(session, clock, PaperKind.EXERCISE)
    attempt = start_item(session, ticket=classroom.ticket(), item=asked, now=clock.now).attempt
    assert (attempt.kind, attempt.item_id, attempt.seconds, attempt.attempts_allowed) == (
        "exercise",
        asked.item_id,
        None,
        None,
    )
    assert attempt.deadline == shanghai_midnight(shanghai_day(clock.now) + timedelta(days=6))


def test_a_mock_exam_has_the_papers_duration(session, classroom, clock) -> None:
    asked = item(session, clock, PaperKind.MOCK_EXAM)
    attempt = start_item(session, ticket=classroom.ticket(), item=asked, now=clock.now).attempt
    assert attempt.deadline == clock.now + timedelta(seconds=600)


def test_exercises_may_be_repeated(session, classroom, clock) -> None:
    asked = item(session, clock, PaperKind.EXERCISE)
    numbers = []
    for _ in range(5):
        attempt = start_item(session, ticket=classroom.ticket(), item=asked, now=clock.now).attempt
        hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
        numbers.append(attempt.number)
    assert numbers == [1, 2, 3, 4, 5]


def test_only_one_mock_exam_runs_at_a_time(session, classroom, clock) -> None:
    one, other = item(session, clock, PaperKind.MOCK_EXAM), item(session, clock, PaperKind.MOCK_EXAM)
    first = start_item(session, ticket=classroom.ticket(), item=one, now=clock.now).attempt
    with pytest.raises(OtherMockRunning) as refused:
        start_item(session, ticket=classroom.ticket(), item=other, now=clock.now)
    assert refused.value.extra == {"attempt_id": str(first.id)}
    second = start_item(session, ticket=classroom.ticket(), item=other, now=clock.advance(minutes=10)).attempt
    assert (first.ended_by, second.number) == ("deadline", 1)


@pytest.mark.parametrize("days", [-2, 6])
def test_outside_the_class_days_nothing_begins(session, classroom, clock, days: int) -> None:
    asked = item(session, clock, PaperKind.EXERCISE)
    with pytest.raises(NoClassDay):
        start_item(session, ticket=classroom.ticket(), item=asked, now=clock.advance(days=days))


@pytest.mark.parametrize(
    "wrong", [{"kind": "video"}, {"kind": "exam"}, {"paper_version_id": None}, {"paper_version_id": new_id()}]
)
def test_an_item_without_a_published_paper_begins_nothing(session, classroom, clock, wrong) -> None:
    said = {"item_id": new_id(), "kind": "exercise", "paper_version_id": new_id()}
    with pytest.raises(PaperMissing):
        start_item(session, ticket=classroom.ticket(), item=Item(**{**said, **wrong}), now=clock.now)


def test_of_two_mock_exams_at_once_one_begins(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        classroom = Classroom(now=clock.now)
        classroom.announce(session)
        items = [item(session, clock, PaperKind.MOCK_EXAM) for _ in range(2)]
        # A classmate has begun, so that nobody waits for the class's gate to be made: the starts really meet.
        mate = classroom.ticket(enrolment_id=new_id(), account_id=new_id())
        start_item(session, ticket=mate, item=items[0], now=clock.now)

    def begin(asked: Item):
        def run() -> str:
            with committed.sessions() as session, transaction(session):
                started = start_item(session, ticket=classroom.ticket(), item=asked, now=clock.now)
                return str(started.attempt.id)

        return run

    results = race(*(begin(asked) for asked in items))
    assert [type(result) for result in results if not isinstance(result, str)] == [OtherMockRunning]
    with committed.sessions() as session:
        assert session.query(Attempt).count() == 2
