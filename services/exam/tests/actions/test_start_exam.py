from datetime import timedelta

import pytest
from chassis.db import transaction
from chassis.errors import ProjectionPending
from chassis.ids import new_id
from chassis.testing import race
from exam.actions.hand_in import hand_in
from exam.actions.start_attempt import ClassClosed
from exam.actions.start_exam import ClassNotOpen, NoAttemptLeft, WindowNotOpen, WindowOver, start_exam
from exam.models import Attempt
from exam.queries.classes import ClassNotFound, NoExam
from exam.testing import Classroom, published_paper


def start(session, classroom, *, now, **changes):
    ticket = classroom.ticket(**changes)
    return start_exam(session, class_id=classroom.class_id, ticket=ticket, now=now)


def test_starting_freezes_the_learners_own_order(session, classroom, clock) -> None:
    attempt = start(session, classroom, now=clock.now).attempt
    paper = attempt.paper
    assert {shown["question_id"] for shown in attempt.question_order} == {
        str(question.question_id) for question in paper.questions
    }
    assert attempt.number == 1
    assert attempt.deadline == clock.now + timedelta(seconds=900)


def test_starting_again_goes_on_with_the_running_attempt(session, classroom, clock) -> None:
    first = start(session, classroom, now=clock.now)
    again = start(session, classroom, now=clock.advance(seconds=60))
    assert (first.fresh, again.fresh) == (True, False)
    assert first.attempt.id == again.attempt.id


def test_an_attempt_that_ran_out_is_handed_in_before_the_next_begins(session, classroom, clock) -> None:
    first = start(session, classroom, now=clock.now).attempt
    started_at = clock.now
    second = start(session, classroom, now=clock.advance(hours=1)).attempt
    assert (first.ended_by, first.handed_in_at) == ("deadline", started_at + timedelta(seconds=900))
    assert second.number == 2


def test_the_window_ends_an_attempt_that_began_late(session, classroom, clock) -> None:
    begun = clock.advance(hours=3, minutes=55)
    attempt = start(session, classroom, now=begun).attempt
    assert attempt.deadline == begun + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("opens", "closes", "refusal"), [(1, 2, WindowNotOpen), (-2, -1, WindowOver), (-1, 0, WindowOver)]
)
def test_outside_the_window_nothing_begins(session, clock, opens, closes, refusal) -> None:
    paper = published_paper(session, now=clock.now)
    found = Classroom(
        now=clock.now,
        paper_version_id=paper.id,
        opens_in=timedelta(hours=opens),
        closes_in=timedelta(hours=closes),
    )
    found.announce(session)
    with pytest.raises(refusal):
        start(session, found, now=clock.now)


def test_after_the_last_attempt_none_is_left(session, classroom, clock) -> None:
    for number in (1, 2, 3):
        attempt = start(session, classroom, now=clock.now).attempt
        assert attempt.number == number
        hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
    with pytest.raises(NoAttemptLeft):
        start(session, classroom, now=clock.now)


def test_a_class_without_exam_has_nothing_to_start(session, clock) -> None:
    found = Classroom(now=clock.now)
    found.announce(session)
    with pytest.raises(NoExam):
        start(session, found, now=clock.now)


def test_a_class_in_review_is_not_open(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    found = Classroom(now=clock.now, paper_version_id=paper.id, state="graduation_review")
    found.announce(session)
    with pytest.raises(ClassNotOpen):
        start(session, found, now=clock.now)


@pytest.mark.parametrize("ahead", [{"epoch": 2}, {"policy_version": 2}])
def test_a_ticket_ahead_of_the_projection_waits_for_it(session, classroom, clock, ahead) -> None:
    with pytest.raises(ProjectionPending) as refused:
        start(session, classroom, now=clock.now, **ahead)
    assert refused.value.retry_after == 1


def test_a_class_never_heard_of_is_pending(session, clock) -> None:
    with pytest.raises(ProjectionPending):
        start(session, Classroom(now=clock.now), now=clock.now)


def test_a_ticket_proves_that_the_class_was_opened_so_the_news_is_late(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    found = Classroom(now=clock.now, paper_version_id=paper.id, state="opening_review")
    found.announce(session)
    with pytest.raises(ProjectionPending):
        start(session, found, now=clock.now)


def test_a_ticket_of_another_class_leads_nowhere(session, classroom, clock) -> None:
    with pytest.raises(ClassNotFound):
        start(session, classroom, now=clock.now, class_id=new_id())


def test_a_closed_epoch_lets_nobody_start_even_before_classes_are_known(session, clock) -> None:
    from exam.actions.close_class import close_class

    found = Classroom(now=clock.now)
    close_class(session, class_id=found.class_id, epoch=1, now=clock.now)
    with pytest.raises(ClassClosed):
        start(session, found, now=clock.now)


def test_two_starts_at_once_get_the_same_attempt(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now, shuffled=True)
        classroom = Classroom(now=clock.now, paper_version_id=paper.id)
        classroom.announce(session)
        # A classmate has begun, so that nobody waits for the class's gate to be made: the starts really meet.
        mate = Classroom(now=clock.now, class_id=classroom.class_id, enrolment_id=new_id())
        start(session, mate, now=clock.now)

    def begin() -> tuple[str, bool]:
        with committed.sessions() as session, transaction(session):
            started = start(session, classroom, now=clock.now)
            return str(started.attempt.id), started.fresh

    results = race(begin, begin, begin)
    assert len({attempt for attempt, _ in results}) == 1
    assert sorted(fresh for _, fresh in results) == [False, False, True]
    with committed.sessions() as session:
        assert session.query(Attempt).count() == 2
