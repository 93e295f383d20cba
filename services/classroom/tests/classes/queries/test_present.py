"""What a rebuild is given is what was last announced."""

from classroom.app import SERVICE
from classroom.testing import a_draft, a_ready_class, an_open_class, reject, submitted


def present(session, event_type):
    return [data for _, _, data in SERVICE.announces[event_type](session)]


def test_a_rebuild_gets_the_last_state_of_every_class_that_others_know(session, world, clock, announced):
    a_draft(session, world, now=clock.now)
    refused = a_ready_class(session, world, now=clock.now)
    reject(session, world.manager, submitted(session, world, refused, now=clock.now), now=clock.now)
    opened = an_open_class(session, world, now=clock.now)
    given = {each["class_id"]: each for each in present(session, "classroom.class.changed.v1")}
    last = {each["class_id"]: each for each in announced("classroom.class.changed.v1")}
    assert given == last
    assert {given[str(refused.id)]["state"], given[str(opened.id)]["state"]} == {"draft", "open"}


def test_a_rebuild_gets_every_enrolment_of_opened_classes(session, world, clock, announced):
    a_ready_class(session, world, now=clock.now, people=3)
    an_open_class(session, world, now=clock.now, people=2)
    given = present(session, "classroom.enrolment.changed.v1")
    assert given == announced("classroom.enrolment.changed.v1")
    assert len(given) == 2
