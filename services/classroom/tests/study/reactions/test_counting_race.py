"""K27 with real threads: the exam's answer and the last attempts at once, and the class is counted exactly once."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from bus import Event, NotYet
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from chassis.web.fields import moment_text
from classroom.classes.models import Application
from classroom.joining.testing import enrol, graduation_applied, joined, open_training_class
from classroom.roster.models import DocumentCipher
from classroom.study.reactions.when_attempt_handed_in import when_attempt_handed_in
from classroom.study.reactions.when_exam_class_closed import when_exam_class_closed
from classroom.study.testing import item_ids, package_data

CIPHER = DocumentCipher(keys={1: b"k" * 32}, current=1, index_key=b"i" * 32, fingerprint_key=b"f" * 32)


def test_the_last_attempts_and_the_exams_answer_at_once_are_counted_once(committed, clock, actor):
    def do(work):
        with committed.sessions(expire_on_commit=False) as session, transaction(session):
            return work(session)

    package = package_data(items=(("exercise", 0),))

    def make(session):
        training_class = open_training_class(session, now=clock.now, package=package)
        people = [
            joined(
                session,
                enrolment=enrol(
                    session, training_class=training_class, cipher=CIPHER, name="王", number=f"E{n}", now=clock.now
                ),
                actor=actor("learner"), now=clock.now,
            )
            for n in range(3)
        ]  # fmt: skip
        graduation_applied(session, training_class=training_class, now=clock.now)
        return training_class.id, [each.enrolment_id for each in people]

    class_id, enrolments = do(make)

    def event(name: str, data: dict) -> Event:
        return Event(id=new_id(), type=name, source="/x", subject="x", time=clock.now, sequence=1, data=data)

    def hand_in(enrolment_id):
        started = clock.now - timedelta(seconds=60)
        data = {
            "attempt_id": str(new_id()), "class_id": str(class_id), "enrolment_id": str(enrolment_id),
            "kind": "exercise", "item_id": str(item_ids(package)[0]), "number": 1, "score": 1, "total_score": 1,
            "passed": True, "started_at": moment_text(started), "handed_in_at": moment_text(clock.now),
            "seconds": 60,
        }  # fmt: skip
        do(lambda session: when_attempt_handed_in(session, event("exam.attempt.handed_in.v1", data)))

    def close():
        data = {"class_id": str(class_id), "epoch": 1, "handed_in_total": 3}
        do(lambda session: when_exam_class_closed(session, event("exam.class.closed.v1", data)))

    results = race(*(lambda each=each: hand_in(each) for each in enrolments), close, close)
    assert not [each for each in results if isinstance(each, Exception) and not isinstance(each, NotYet)]
    application = do(lambda session: session.scalars(sa.select(Application)).one())
    assert (application.joined_count, application.finished_count) == (3, 3)
    counted = sa.text("SELECT count(*) FROM bus_outbox WHERE type = 'classroom.graduation.counted.v1'")
    assert do(lambda session: session.scalar(counted)) == 1
