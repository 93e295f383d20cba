"""Requests and events that meet from different sides: none is a fault, and what is left fits together."""

from __future__ import annotations

import io
import json
from uuid import UUID

import pytest
import sqlalchemy as sa
from bus import Event, NotYet
from bus.tables import outbox
from chassis.db import transaction
from chassis.ids import new_id
from chassis.testing import race
from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.models import Application, TrainingClass
from classroom.classes.reactions.billing import when_graduation_billed
from classroom.roster.models import Enrolment
from classroom.roster.testing import roster_file
from classroom.study.models import StudyClass, StudyLearner
from classroom.study.reactions.when_exam_class_closed import when_exam_class_closed
from classroom.testing import a_ready_class, a_world, approve, person, submitted

API = "/api/v1/classroom"


class House:
    """A committed world; `call` and `hear` give what real threads may do at once."""

    def __init__(self, committed, clock) -> None:
        self.committed, self.clock = committed, clock
        with self.session() as session:
            self.world = a_world(session, now=clock.now)

    def session(self):
        return transaction(self.committed.sessions(expire_on_commit=False))

    def call(self, actor, method, path, **kwargs):
        return lambda: self.committed.client.as_(actor).call(method, f"{API}{path}", **kwargs)

    def send(self, class_id, people):
        """Imports a roster file."""
        content = roster_file(people)
        return lambda: self.committed.client.as_(self.world.registrar).post(
            f"{API}/classes/{class_id}/roster-imports",
            data={"file": (io.BytesIO(content), "a.xlsx")},
            content_type="multipart/form-data",
        )

    def hear(self, handler, event_type, data):
        """Another service's event arrives."""

        def work():
            event = Event(
                id=new_id(), type=event_type, source="/x", subject="x", time=self.clock.now, sequence=1, data=data
            )  # fmt: skip
            with self.session() as session:
                handler(session, event)

        return work

    def ready(self, **changes):
        """A class in its second review."""
        with self.session() as session:
            made = a_ready_class(session, self.world, now=self.clock.now, people=1, **changes)
            application = submitted(session, self.world, made, now=self.clock.now)
            approve(session, self.world.manager, application, now=self.clock.now)
            return made.id, application.id

    def opened(self, **changes):
        """An open class with people who can be joined as."""
        class_id, application_id = self.ready(**changes)
        with self.session() as session:
            application = session.get(Application, application_id)
            approve(session, self.world.reviewer, application, now=self.clock.now)
            return class_id, session.get(TrainingClass, class_id).class_password

    def count(self, model, *where) -> int:
        with self.session() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0

    def told(self, event_type) -> list[dict]:
        with self.session() as session:
            select = sa.select(outbox.c.body).where(outbox.c.type == event_type).order_by(outbox.c.id)
            return [json.loads(body)["data"] for body in session.scalars(select)]


@pytest.fixture
def house(committed, clock) -> House:
    return House(committed, clock)


def test_a_roster_that_comes_while_the_class_opens_is_refused_or_announced(house):
    class_id, application_id = house.ready()
    answers = race(
        house.call(
            house.world.reviewer,
            "POST",
            f"/applications/{application_id}/decisions",
            json={"decision": "approved", "stage": "second"},
        ),
        house.send(class_id, range(1, 6)),
    )
    assert answers[0].status_code == 201
    assert answers[1].status_code in {200, 409}, answers[1].json
    people = 6 if answers[1].status_code == 200 else 1
    assert house.count(Enrolment) == people
    told = [each["enrolment_id"] for each in house.told("classroom.enrolment.changed.v1")]
    assert (len(told), len(set(told))) == (people, people)


def test_a_roster_and_a_smaller_headcount_at_once_never_leave_too_many(house):
    class_id, _ = house.opened()
    with house.session() as session:
        version = session.get(TrainingClass, class_id).version
    answers = race(
        house.call(
            house.world.manager,
            "PUT",
            f"/classes/{class_id}/planned-headcount",
            json={"planned_headcount": 3},
            headers={"If-Match": f'"v{version}"'},
        ),
        house.send(class_id, range(1, 6)),
    )
    assert sorted(each.status_code for each in answers) == [200, 409]
    with house.session() as session:
        left = session.get(TrainingClass, class_id)
        assert (left.enrolled, left.planned_headcount) in {(6, 11), (1, 3)}
    assert house.count(Enrolment) == left.enrolled


def join_form(number, password):
    said = person(number)
    return {
        "name": said["name"], "document_number": said["document_number"], "class_password": password
    }  # fmt: skip


@pytest.fixture
def joinable(house):
    """An open class whose one learner was entered over HTTP, under the app's own key."""
    class_id, password = house.opened()
    added = house.call(house.world.registrar, "POST", f"/classes/{class_id}/enrolments", json=person(7))()
    assert added.status_code == 201, added.json
    return class_id, password, added.json


def test_a_join_and_the_graduation_at_once_agree_about_who_joined(house, joinable, actor):
    class_id, password, _ = joinable
    joined, applied = race(
        house.call(actor("learner"), "POST", "/joins", json=join_form(7, password)),
        house.call(house.world.business, "POST", f"/classes/{class_id}/graduations"),
    )
    assert applied.status_code == 201, applied.json
    assert joined.status_code in {200, 422}, joined.json
    people = 1 if joined.status_code == 200 else 0
    assert house.count(StudyLearner) == people
    house.hear(
        when_exam_class_closed,
        "exam.class.closed.v1",
        {"class_id": str(class_id), "epoch": 1, "handed_in_total": 0},
    )()
    assert house.told("classroom.graduation.counted.v1")[0]["joined_count"] == people


def test_a_join_and_another_name_at_once_leave_one_of_them(house, joinable, actor):
    class_id, password, enrolment = joinable
    joined, changed = race(
        house.call(actor("learner"), "POST", "/joins", json=join_form(7, password)),
        house.call(
            house.world.registrar,
            "PUT",
            f"/classes/{class_id}/enrolments/{enrolment['id']}",
            json={**person(7), "name": "另一人"},
            headers={"If-Match": f'"v{enrolment["version"]}"'},
        ),
    )
    assert (joined.status_code, changed.status_code) in {(200, 412), (200, 409), (422, 200)}
    with house.session() as session:
        left = session.get(Enrolment, UUID(enrolment["id"]))
        assert (left.name == "另一人") == (joined.status_code == 422)


def test_the_exams_answer_and_the_withdrawal_at_once_leave_one_truth(house):
    class_id, _ = house.opened()
    with house.session() as session:
        applied = apply_graduation(
            session, actor=house.world.business, class_id=class_id, version=None, now=house.clock.now
        )
        application_id = applied.id
    answers = race(
        house.call(house.world.business, "POST", f"/graduations/{application_id}/withdrawal"),
        house.hear(
            when_exam_class_closed,
            "exam.class.closed.v1",
            {"class_id": str(class_id), "epoch": 1, "handed_in_total": 0},
        ),
    )
    assert answers[0].status_code == 200, answers[0].json
    assert answers[1] is None or isinstance(answers[1], NotYet)
    with house.session() as session:
        application, left = session.get(Application, application_id), session.get(TrainingClass, class_id)
        assert (application.state, left.state, left.epoch) == ("withdrawn", "open", 2)
        assert session.get(StudyClass, class_id).state == "open"
        # Counted before it was withdrawn: then billing answers, and that answer comes too late.
        counted = application.joined_count is not None
    assert len(house.told("classroom.graduation.counted.v1")) == int(counted)
    bill = {
        "application_id": str(application_id), "class_id": str(class_id), "epoch": 1, "joined_count": 0,
        "finished_count": 0, "billed_headcount": 0, "per_head_fee_fen": 7500, "amount_fen": 0,
    }  # fmt: skip
    house.hear(when_graduation_billed, "billing.graduation.billed.v1", bill)()
    with house.session() as session:
        assert session.get(Application, application_id).state == "withdrawn"


def test_an_answer_for_the_old_epoch_never_counts_the_new_application(house):
    class_id, _ = house.opened()
    path = f"/classes/{class_id}/graduations"
    first = house.call(house.world.business, "POST", path)()
    house.call(house.world.business, "POST", f"/graduations/{first.json['id']}/withdrawal")()
    second = house.call(house.world.business, "POST", path)()
    old = {"class_id": str(class_id), "epoch": 1, "handed_in_total": 0}
    house.hear(when_exam_class_closed, "exam.class.closed.v1", old)()
    assert house.told("classroom.graduation.counted.v1") == []
    new = {**old, "epoch": 2}
    for said in (new, old, new):
        house.hear(when_exam_class_closed, "exam.class.closed.v1", said)()
    told = house.told("classroom.graduation.counted.v1")
    assert [(each["epoch"], each["application_id"]) for each in told] == [(2, second.json["id"])]
