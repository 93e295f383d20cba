"""K16 and K20: what staff see, in few statements, and only of their own classes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from classroom.joining.testing import joined
from classroom.roster.models import Enrolment
from classroom.study.actions.open_session import open_session
from classroom.study.actions.record_attempt import HandedIn, record_attempt
from classroom.study.actions.record_check_in import record_check_in
from classroom.study.actions.report import GivenReport, report
from classroom.study.models import StudyClass, StudyItem
from classroom.study.rules.completion import AttemptKind
from classroom.study.testing import item_ids, pass_claims
from classroom.testing import a_world, an_open_class, staff_member

API = "/api/v1/classroom/classes"


class Taught:
    """An open class of three: one has studied all that can be reported, one has joined, one has not."""

    def __init__(self, session, clock, actor, world) -> None:
        self.session, self.clock = session, clock
        self.items = item_ids(world.package)
        self.training_class = an_open_class(session, world, now=clock.now, people=3)
        self.path = f"{API}/{self.training_class.id}"
        self.enrolments = (
            session.query(Enrolment).filter_by(class_id=self.training_class.id).order_by(Enrolment.id).all()
        )
        self.diligent, self.lazy = (
            joined(session, enrolment=each, actor=actor("learner"), now=clock.now)
            for each in self.enrolments[:2]
        )

    def study(self) -> None:
        who, session = self.diligent, self.session
        opened = open_session(
            session, class_id=who.class_id, account_id=who.account_id, device="电脑", item_id=None,
            now=self.clock.now,
        ).session  # fmt: skip
        claims = pass_claims(who, now=self.clock.now)
        self.clock.advance(seconds=120)
        self.tell(opened, claims, (0, 0, 60), (1, 0, 10))
        for place, kind, score in (
            (2, "exercise", 70),
            (3, "mock_exam", 80),
            (None, "exam", 55),
            (None, "exam", 90),
        ):
            self.hand_in(place, AttemptKind(kind), score)
        self.tell(opened, claims, (4, 0, 20))

    def tell(self, opened, claims, *spans) -> None:
        report(
            self.session, session_id=opened.id, account_id=self.diligent.account_id, now=self.clock.now,
            reports=[
                GivenReport(
                    report_id=new_id(), item_id=self.items[place], from_seconds=start, to_seconds=end,
                    claims=claims,
                )
                for place, start, end in spans
            ],
        )  # fmt: skip

    def hand_in(self, place: int | None, kind: AttemptKind, score: int) -> None:
        attempt = HandedIn(
            attempt_id=new_id(), class_id=self.diligent.class_id, enrolment_id=self.diligent.enrolment_id,
            kind=kind, item_id=None if place is None else self.items[place], number=1, score=score,
            total_score=100, passed=score >= 60, started_at=self.clock.now + timedelta(seconds=1),
            handed_in_at=self.clock.now + timedelta(seconds=51), seconds=50,
        )  # fmt: skip
        record_attempt(self.session, attempt=attempt, class_closed=False, now=self.clock.now)


@pytest.fixture
def taught(session, clock, actor, world) -> Taught:
    found = Taught(session, clock, actor, world)
    found.study()
    return found


def test_the_overview_counts_those_who_have_not_joined_as_unfinished(client, taught, world):
    answer = client.as_(world.teacher).get(f"{taught.path}/overview")
    assert answer.status_code == 200, answer.json
    assert answer.json == {
        "learners": 3, "joined": 2, "not_joined": 1, "finished": 1, "unfinished": 2, "courses": 1, "exams": 1,
        "course_seconds": 200, "class_hours": 0,
    }  # fmt: skip


def test_without_recorded_courses_everyone_who_joined_is_finished_in_overview_and_table(
    session, client, world, clock, actor
):
    made = an_open_class(session, world, now=clock.now, people=2)
    session.execute(sa.delete(StudyItem).where(StudyItem.class_id == made.id))
    session.get(StudyClass, made.id).item_count = 0
    first = session.query(Enrolment).filter_by(class_id=made.id).order_by(Enrolment.id).first()
    joined(session, enrolment=first, actor=actor("learner"), now=clock.now)
    overview = client.as_(world.teacher).get(f"{API}/{made.id}/overview").json
    assert (overview["joined"], overview["finished"], overview["unfinished"]) == (1, 1, 1)
    rows = client.as_(world.teacher).get(f"{API}/{made.id}/learning").json["items"]
    assert [row["status"] for row in rows] == ["finished", "unfinished"]


def test_the_table_has_one_row_per_learner(client, taught, world, clock):
    record_check_in(
        taught.session, enrolment_id=taught.diligent.enrolment_id, at=clock.now, days_checked_in=1
    )
    answer = client.as_(world.registrar).get(f"{taught.path}/learning")
    assert answer.status_code == 200, answer.json
    first, second, third = answer.json["items"]
    assert (first["status"], second["status"], third["status"]) == ("finished", "unfinished", "unfinished")
    assert (first["exam_score"], first["exam_attempts"], third["exam_score"]) == (90, 2, None)
    assert (first["learned_seconds"], first["course_seconds"]) == (60 + 10 + 50 + 20, 200)
    assert (first["days_checked_in"], first["days_begun"]) == (1, 1)
    assert third["joined_at"] is None
    assert answer.json["total"] == 3


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("status=finished", [0]),
        ("status=unfinished", [1, 2]),
        ("check_in=today", [1]),
        ("check_in=not_today", [0, 2]),
        ("text=学员乙", [1]),
        ("text=13800130002", [2]),
        ("text=%25", []),
        ("text=LI.ming", [0]),
        ("page_size=1&page=2", [1]),
    ],
)
def test_the_table_is_filtered_and_paged(client, taught, world, clock, query, places):
    record_check_in(taught.session, enrolment_id=taught.lazy.enrolment_id, at=clock.now, days_checked_in=1)
    taught.enrolments[0].contact = "Li.Ming@example.com"
    answer = client.as_(world.teacher).get(f"{taught.path}/learning?{query}")
    assert answer.status_code == 200, answer.json
    wanted = [str(taught.enrolments[place].id) for place in places]
    assert [row["enrolment_id"] for row in answer.json["items"]] == wanted


def test_the_table_costs_the_same_whatever_the_number_of_learners(client, taught, world, counted):
    with counted() as seen:
        client.as_(world.teacher).get(f"{taught.path}/learning")
    assert len(seen) == 3, "\n".join(seen)


def test_the_details_list_every_play_score_and_attempt(client, taught, world):
    path = f"{taught.path}/learning/{taught.diligent.enrolment_id}"
    details = client.as_(world.teacher).get(path).json
    video, _, exercise, mock, _ = details["items"]
    assert (video["plays"][0]["device"], video["plays"][0]["credited_seconds"]) == ("电脑", 60)
    assert (exercise["best_score"], mock["best_score"], mock["learned_seconds"]) == (70, 80, 50)
    assert sorted(each["score"] for each in details["exam_attempts"]) == [55, 90]
    assert details["days"] == [{"day": "2026-03-02", "video_seconds": 80, "document_seconds": 10}]


def test_the_details_can_show_only_what_is_unfinished(client, taught, world):
    for who, count in ((taught.diligent, 0), (taught.lazy, 5)):
        path = f"{taught.path}/learning/{who.enrolment_id}?only_unfinished=true"
        assert len(client.as_(world.teacher).get(path).json["items"]) == count


def test_daily_figures(client, taught, world):
    answer = client.as_(world.teacher).get(f"{taught.path}/learning-days")
    assert answer.json["items"] == [
        {"day": "2026-03-02", "learners": 1, "video_seconds": 80, "document_seconds": 10}
    ]


def test_other_providers_and_unassigned_teachers_see_nothing(client, taught, world, session, clock):
    other = a_world(session, now=clock.now)
    unassigned = staff_member("另一老师", "class_teacher", provider_id=world.provider_id)
    paths = ("overview", "learning", "learning-days", f"learning/{taught.diligent.enrolment_id}")
    for person in (other.registrar, other.teacher, unassigned):
        assert {client.as_(person).get(f"{taught.path}/{path}").status_code for path in paths} == {404}


def test_a_learner_of_another_class_is_not_in_this_one(client, taught, world):
    answer = client.as_(world.teacher).get(f"{taught.path}/learning/{new_id()}")
    assert (answer.status_code, answer.json["code"]) == (404, "classroom.study.learner.not_found")
