import uuid
from datetime import timedelta

from bus.contracts import examples_of
from bus.envelope import read
from exam.actions.start_exam import start_exam
from exam.models import ClassExam, ClassLearner
from exam.reactions.class_changed import clear_classes, clear_learners, keep_classes, keep_learners


def test_every_example_of_a_class_can_be_kept(session, clock) -> None:
    events = [read(example) for example in examples_of("classroom.class.changed.v1")]
    keep_classes(session, events)
    for event in events:
        assert session.get(ClassExam, uuid.UUID(event.data["class_id"])) is not None


def test_every_example_of_an_enrolment_can_be_kept(session, clock) -> None:
    events = [read(example) for example in examples_of("classroom.enrolment.changed.v1")]
    keep_learners(session, events)
    for event in events:
        assert session.get(ClassLearner, uuid.UUID(event.data["enrolment_id"])) is not None


def test_an_older_state_never_replaces_a_newer_one(session, classroom) -> None:
    classroom.version, classroom.attempts = 5, 9
    classroom.announce(session)
    classroom.version, classroom.attempts = 4, 1
    classroom.announce(session)
    kept = session.get_one(ClassExam, classroom.class_id, populate_existing=True)
    assert (kept.version, kept.attempts) == (5, 9)


def test_a_window_that_closes_later_moves_running_deadlines(session, classroom, clock) -> None:
    begun = clock.advance(hours=3, minutes=55)
    attempt = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=begun).attempt
    classroom.now, classroom.version = begun, 2
    classroom.announce(session)
    assert attempt.deadline == begun + timedelta(seconds=900)


def test_a_window_that_closes_earlier_takes_nothing_away(session, classroom, clock) -> None:
    attempt = start_exam(
        session, class_id=classroom.class_id, ticket=classroom.ticket(), now=clock.now
    ).attempt
    before = attempt.deadline
    classroom.closes_in, classroom.version = timedelta(seconds=10), 2
    classroom.announce(session)
    assert attempt.deadline == before


def test_an_attempt_whose_time_was_up_stays_up(session, classroom, clock) -> None:
    begun = clock.advance(hours=3, minutes=55)
    attempt = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=begun).attempt
    before = attempt.deadline
    classroom.now, classroom.version = before + timedelta(seconds=1), 2
    classroom.announce(session)
    assert attempt.deadline == before


def test_a_rebuild_begins_with_nothing(session, classroom) -> None:
    clear_classes(session)
    clear_learners(session)
    assert session.query(ClassExam).count() == session.query(ClassLearner).count() == 0
