import uuid

from bus.contracts import examples_of
from bus.envelope import read
from supervision.models import ClassLearner, ClassPolicy
from supervision.reactions.class_changed import (
    clear_classes,
    clear_enrolments,
    keep_classes,
    keep_enrolments,
)


def test_every_example_of_a_class_can_be_kept(session) -> None:
    events = [read(example) for example in examples_of("classroom.class.changed.v1")]
    keep_classes(session, events)
    for event in events:
        assert session.get(ClassPolicy, uuid.UUID(event.data["class_id"])) is not None


def test_every_example_of_an_enrolment_can_be_kept(session) -> None:
    events = [read(example) for example in examples_of("classroom.enrolment.changed.v1")]
    keep_enrolments(session, events)
    for event in events:
        assert session.get(ClassLearner, uuid.UUID(event.data["enrolment_id"])) is not None


def test_an_older_state_never_replaces_a_newer_one(session, classroom) -> None:
    classroom.version, classroom.check_in = 5, "once"
    classroom.announce(session)
    classroom.version, classroom.check_in = 4, "off"
    classroom.announce(session)
    kept = session.get_one(ClassPolicy, classroom.class_id)
    assert (kept.version, kept.check_in) == (5, "once")


def test_nothing_arriving_changes_nothing(session) -> None:
    keep_classes(session, [])
    assert session.query(ClassPolicy).count() == 0


def test_a_rebuild_begins_with_nothing(session, classroom) -> None:
    clear_classes(session)
    clear_enrolments(session)
    assert session.query(ClassPolicy).count() == session.query(ClassLearner).count() == 0
