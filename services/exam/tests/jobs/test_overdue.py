import uuid

from chassis.db import transaction
from chassis.jobs import run_due
from exam.actions.start_exam import start_exam
from exam.app import SERVICE
from exam.models import Attempt
from exam.testing import Classroom, published_paper


def test_the_worker_hands_in_what_ran_out(committed, clock) -> None:
    with committed.sessions() as session, transaction(session):
        paper = published_paper(session, now=clock.now)
        classroom = Classroom(now=clock.now, paper_version_id=paper.id)
        classroom.announce(session)
        started = start_exam(session, class_id=classroom.class_id, ticket=classroom.ticket(), now=clock.now)
        attempt_id: uuid.UUID = started.attempt.id
    run_due(SERVICE, committed.settings, committed.sessions, clock.advance(seconds=900))
    with committed.sessions() as session:
        assert session.get_one(Attempt, attempt_id).ended_by == "deadline"
