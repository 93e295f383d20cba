"""What study does when other services have spoken. ``app.py`` gives HANDLERS to the service's consumer."""

from bus import react

from classroom.study.reactions.when_attempt_handed_in import when_attempt_handed_in
from classroom.study.reactions.when_check_in_recorded import when_check_in_recorded
from classroom.study.reactions.when_exam_class_closed import when_exam_class_closed

HANDLERS = {
    "exam.attempt.handed_in.v1": react(when_attempt_handed_in),
    "exam.class.closed.v1": react(when_exam_class_closed),
    "supervision.check_in.recorded.v1": react(when_check_in_recorded),
}

__all__ = ["HANDLERS"]
