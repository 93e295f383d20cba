from datetime import timedelta

import pytest
import sqlalchemy as sa
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from exam.actions.close_class import ClassAlreadyClosed, close_class
from exam.actions.hand_in import hand_in
from exam.actions.start_attempt import ClassClosed
from exam.actions.start_exam import start_exam
from exam.actions.start_item import start_item
from exam.models import Attempt, ClassClosing
from exam.queries.classes import TicketOutdated
from exam.rules.papers import PaperKind
from exam.testing import Classroom, item_of_course, published_paper


def begin(session, classroom, *, now, **changes) -> Attempt:
    ticket = classroom.ticket(**changes)
    return start_exam(session, class_id=classroom.class_id, ticket=ticket, now=now).attempt


def test_closing_hands_in_exams_exercises_and_mocks(session, classroom, clock, announced) -> None:
    begin(session, classroom, now=clock.now)
    for kind in (PaperKind.EXERCISE, PaperKind.MOCK_EXAM):
        paper = published_paper(session, now=clock.now, kind=kind)
        start_item(session, ticket=classroom.ticket(), item=item_of_course(paper), now=clock.now)
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.advance(seconds=30))
    told = announced("exam.attempt.handed_in.v1")
    assert sorted(said["kind"] for said in told) == ["exam", "exercise", "mock_exam"]
    assert {said["seconds"] for said in told} == {30}
    (closed,) = announced("exam.class.closed.v1")
    assert closed == {"class_id": str(classroom.class_id), "epoch": 1, "handed_in_total": 3}


def test_the_total_counts_what_was_handed_in_before(session, classroom, clock, announced) -> None:
    attempt = begin(session, classroom, now=clock.now)
    hand_in(session, attempt_id=attempt.id, account_id=classroom.account_id, now=clock.now)
    begin(session, classroom, now=clock.now)
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    assert announced("exam.class.closed.v1")[0]["handed_in_total"] == 2


def test_a_class_never_heard_of_is_answered(session, clock, announced) -> None:
    class_id = new_id()
    close_class(session, class_id=class_id, epoch=1, now=clock.now)
    assert announced("exam.class.closed.v1") == [
        {"class_id": str(class_id), "epoch": 1, "handed_in_total": 0}
    ]


def test_an_epoch_is_closed_and_answered_once(session, classroom, clock, announced) -> None:
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    with pytest.raises(ClassAlreadyClosed):
        close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    assert len(announced("exam.class.closed.v1")) == 1


def test_a_closed_epoch_begins_nothing_and_a_higher_one_opens_again(session, classroom, clock) -> None:
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    with pytest.raises(ClassClosed):
        begin(session, classroom, now=clock.now)
    classroom.epoch, classroom.version = 2, 2
    classroom.announce(session)
    assert begin(session, classroom, now=clock.now).epoch == 2
    with pytest.raises(TicketOutdated):
        begin(session, classroom, now=clock.now, epoch=1)


def test_a_late_closing_leaves_the_epoch_after_it_alone(session, classroom, clock, announced) -> None:
    classroom.epoch, classroom.version = 2, 2
    classroom.announce(session)
    attempt = begin(session, classroom, now=clock.now)
    close_class(session, class_id=classroom.class_id, epoch=1, now=clock.now)
    assert attempt.is_running
    assert announced("exam.class.closed.v1")[0]["handed_in_total"] == 0


def test_an_attempt_that_ran_out_is_closed_as_of_its_deadline(session, classroom, clock) -> None:
    attempt = begin(session, classroom, now=clock.now)
    close_class(session, class_id=classroom.class_id, epoch=1, now=attempt.deadline + timedelta(days=1))
    assert (attempt.ended_by, attempt.handed_in_at) == ("deadline", attempt.deadline)


def test_closing_beside_starts_and_hand_ins_misses_none(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now)
        learners = [Classroom(now=clock.now, paper_version_id=paper.id)]
        for _ in range(3):
            one = Classroom(now=clock.now, paper_version_id=paper.id, class_id=learners[0].class_id)
            learners.append(one)
        for one in learners:
            one.announce(session)
        running = begin(session, learners[0], now=clock.now).id
    class_id = learners[0].class_id

    def start(learner: Classroom):
        def run() -> None:
            with committed.sessions() as session, transaction(session):
                begin(session, learner, now=clock.now)

        return run

    def finish() -> None:
        with committed.sessions() as session, transaction(session):
            hand_in(session, attempt_id=running, account_id=learners[0].account_id, now=clock.now)

    def close() -> None:
        with committed.sessions() as session, transaction(session):
            close_class(session, class_id=class_id, epoch=1, now=clock.now)

    results = race(*(start(learner) for learner in learners[1:]), finish, close, close)
    assert [
        type(result) for result in results if result is not None and not isinstance(result, ClassClosed)
    ] == [ClassAlreadyClosed]
    with committed.sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Attempt.handed_in_at.is_(None))) == 0
        total = session.scalar(sa.select(sa.func.count()).select_from(Attempt))
        assert session.scalars(sa.select(ClassClosing.handed_in_total)).all() == [total]
