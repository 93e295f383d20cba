from bus.contracts import examples_of
from bus.envelope import read
from exam.reactions.class_closing import when_class_closes_hand_in


def test_a_closing_is_answered_once_however_often_it_is_said(session, clock, announced) -> None:
    for example in examples_of("classroom.class.closing.v1") * 2:
        when_class_closes_hand_in(session, read(example))
    (said,) = announced("exam.class.closed.v1")
    event = read(examples_of("classroom.class.closing.v1")[0])
    assert (said["class_id"], said["epoch"]) == (event.data["class_id"], event.data["epoch"])
