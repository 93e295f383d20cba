"""The learner's own pages: progress, what is open, tickets (K15–K19, C5)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from chassis import clock as real_clock
from chassis.clock import shanghai_day, shanghai_midnight
from chassis.ids import new_id
from classroom.classes.models import TrainingClass
from classroom.joining.testing import enrol, graduation_applied, joined, open_training_class
from classroom.study.actions.record_check_in import record_check_in
from classroom.study.models import DocumentOpening, ItemProgress, StudyClass, StudyDay, StudyItem
from classroom.study.testing import item_ids, package_data
from classroom.testing import CIPHER

MINE = "/api/v1/classroom/my/classes"


class Mine:
    """A learner who has joined an open class."""

    def __init__(self, session, clock, actor, **supervision) -> None:
        self.session, self.clock = session, clock
        self.package = package_data(courses=2)
        self.items = item_ids(self.package)
        self.training_class = open_training_class(
            session, now=clock.now, package=self.package, exam=True, **supervision
        )
        self.actor = actor("learner")
        self.enrolment = enrol(
            session,
            training_class=self.training_class,
            cipher=CIPHER,
            name="张三",
            number="E1",
            now=clock.now,
        )
        self.learner = joined(session, enrolment=self.enrolment, actor=self.actor, now=clock.now)
        self.path = f"{MINE}/{self.training_class.id}"


@pytest.fixture
def mine(session, clock, actor) -> Mine:
    return Mine(session, clock, actor, daily_video_hours=2, study_windows=[{"from": "08:00", "to": "22:00"}])


def read(app, token: str, typ: str) -> dict:
    papers = app.extensions["kaike.runtime"].papers
    return papers.read(token, typ=typ, issuer="classroom", now=real_clock.now())


def test_the_list_shows_own_classes_only(client, mine, session, clock, actor):
    answer = client.as_(mine.actor).get(MINE)
    assert answer.status_code == 200, answer.json
    assert (answer.json["total"], answer.json["items"][0]["class_id"]) == (1, str(mine.training_class.id))
    assert client.as_(actor("learner")).get(MINE).json["items"] == []


def test_what_is_still_to_be_studied_stands_before_what_is_graduated(client, mine, session, clock):
    mine.training_class.class_password = "000001"  # no two open classes have the same
    session.flush()
    later = open_training_class(session, now=clock.now, package=mine.package, exam=True)
    enrolment = enrol(session, training_class=later, cipher=CIPHER, name="张三", number="E1", now=clock.now)
    joined(session, enrolment=enrolment, actor=mine.actor, now=clock.now + timedelta(hours=1))

    def order():
        return [each["class_id"] for each in client.as_(mine.actor).get(MINE).json["items"]]

    assert order() == [str(later.id), str(mine.training_class.id)]
    later.state, later.graduated_at = "graduated", clock.now
    session.flush()
    assert order() == [str(mine.training_class.id), str(later.id)]


def test_the_page_shows_courses_progress_and_what_is_open(client, mine, app, session, clock):
    record_check_in(session, enrolment_id=mine.enrolment.id, at=clock.now, days_checked_in=1)
    answer = client.as_(mine.actor).get(mine.path)
    assert answer.status_code == 200, answer.json
    page = answer.json
    assert [course["name"] for course in page["courses"]] == ["课程 1", "课程 2"]
    items = [item for course in page["courses"] for item in course["items"]]
    assert [item["item_id"] for item in items] == [str(each) for each in mine.items]
    assert [item["open"] for item in items] == [True, False, False, False, False]
    assert (page["learned_seconds"], page["course_seconds"], page["item_count"]) == (0, 200, 5)
    assert page["exam"]["attempts"] == 3
    assert page["exam"]["seconds"] == 900
    assert page["check_in"]["days_checked_in"] == 1
    assert page["check_in"]["days_begun"] == 1
    assert page["study"]["study_windows"] == [{"from": "08:00", "to": "22:00"}]
    assert (page["study"]["hindrance"], page["study"]["daily_video_seconds"]) == (None, 7200)
    assert read(app, page["ticket"]["ticket"], "ticket")["enr"] == str(mine.enrolment.id)


def test_the_page_says_why_nothing_would_count_now(client, mine, clock):
    clock.advance(hours=13)
    study = client.as_(mine.actor).get(mine.path).json["study"]
    assert study["hindrance"] == "outside_window"
    assert "时间段" in study["hindrance_text"]


def test_a_closed_class_can_be_seen_but_gives_no_ticket(client, mine, session, clock):
    graduation_applied(session, training_class=mine.training_class, now=clock.now)
    page = client.as_(mine.actor).get(mine.path).json
    assert (page["ticket"], page["study"]["hindrance"], page["state"]) == (
        None,
        "closed",
        "graduation_review",
    )


def test_an_item_ticket_names_the_item(client, mine, app):
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{mine.items[0]}/ticket")
    assert answer.status_code == 200, answer.json
    claims = read(app, answer.json["ticket"], "item-ticket")
    assert claims["item"]["id"] == str(mine.items[0])
    assert (claims["item"]["kind"], claims["item"]["seconds"]) == ("video", 60)
    assert claims["item"]["media_id"] is not None
    assert claims["item"]["paper_version_id"] is None


def test_the_first_ticket_of_a_document_opens_it_and_no_other_item(client, mine, session, clock):
    session.execute(sa.delete(DocumentOpening))
    session.execute(sa.update(StudyItem).values(after_item_id=None))
    first = clock.now
    for place in (0, 1, 2, 1):
        assert ticket(client, mine, place)[0] == 200
        clock.advance(seconds=60)
    opened = session.scalars(sa.select(DocumentOpening)).one()
    assert (opened.item_id, opened.opened_at) == (mine.items[1], first + timedelta(seconds=60))


def test_a_locked_item_gives_no_ticket(client, mine):
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{mine.items[2]}/ticket")
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.study.item.locked")


def test_outside_the_days_there_are_no_item_tickets(client, mine, session, clock):
    session.get(StudyClass, mine.training_class.id).start_day += timedelta(days=1)
    session.flush()
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{mine.items[0]}/ticket")
    assert (answer.status_code, answer.json["code"]) == (409, "classroom.study.class.outside_days")


def ticket(client, mine, place):
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{mine.items[place]}/ticket")
    return answer.status_code, answer.json.get("code")


def complete(mine, *places):
    for place in places:
        mine.session.add(
            ItemProgress(
                enrolment_id=mine.enrolment.id, item_id=mine.items[place], length_seconds=1, seconds=0,
                first_at=mine.clock.now, last_at=mine.clock.now, complete_at=mine.clock.now,
            )
        )  # fmt: skip
    mine.session.flush()


def test_the_windows_stop_videos_and_documents_and_nothing_else(client, mine, clock):
    complete(mine, 0, 1)
    clock.set(clock.now.replace(hour=22, minute=0))
    assert ticket(client, mine, 0) == (409, "classroom.study.class.outside_window")
    assert ticket(client, mine, 1) == (409, "classroom.study.class.outside_window")
    assert ticket(client, mine, 2)[0] == 200
    clock.set(clock.now.replace(hour=21, minute=59))
    assert ticket(client, mine, 0)[0] == 200


def test_the_daily_limit_stops_videos_only_and_ends_at_midnight(client, mine, session, clock):
    complete(mine, 0, 1)
    session.add(
        StudyDay(
            enrolment_id=mine.enrolment.id,
            class_id=mine.training_class.id,
            day=shanghai_day(clock.now),
            video_seconds=7200,
        )
    )
    session.flush()
    assert ticket(client, mine, 0) == (409, "classroom.study.class.limit_reached")
    assert (ticket(client, mine, 1)[0], ticket(client, mine, 2)[0]) == (200, 200)
    clock.advance(days=1)
    assert ticket(client, mine, 0)[0] == 200


def test_after_the_end_videos_and_documents_are_seen_again_until_the_day_that_was_set(
    client, mine, session, clock
):
    complete(mine, 0, 1)
    end = mine.training_class.end_day
    clock.set(shanghai_midnight(end + timedelta(days=1)) - timedelta(seconds=1) - timedelta(hours=2))
    assert (ticket(client, mine, 0)[0], ticket(client, mine, 2)[0]) == (200, 200)
    clock.set(shanghai_midnight(end + timedelta(days=1)) + timedelta(hours=9))
    assert ticket(client, mine, 0) == (409, "classroom.study.class.outside_days")
    mine.training_class.replay, mine.training_class.replay_until = "until", end + timedelta(days=3)
    session.flush()
    assert client.as_(mine.actor).get(mine.path).json["replay_until"] == str(end + timedelta(days=3))
    assert (ticket(client, mine, 0)[0], ticket(client, mine, 1)[0]) == (200, 200)
    assert ticket(client, mine, 2) == (409, "classroom.study.class.outside_days")
    opened = client.as_(mine.actor).post(f"{mine.path}/study-sessions", json={"device": "a"})
    assert opened.json["code"] == "classroom.study.class.outside_days"
    clock.advance(days=3)
    assert ticket(client, mine, 0) == (409, "classroom.study.class.outside_days")


@pytest.mark.parametrize(
    ("place", "replay_days", "minutes_left", "lives"),
    [(0, None, 90, 3600), (0, None, 20, 1200), (2, None, 20, 1200), (0, 1, 20, 3600), (2, 1, 20, 1200)],
)
def test_an_item_ticket_never_outlives_the_last_day_on_which_the_item_may_be_opened(
    client, session, clock, actor, app, place, replay_days, minutes_left, lives
):
    """K17, K3: videos and documents may be seen again, exercises and mock exams not."""
    mine = Mine(session, clock, actor)
    complete(mine, 0, 1)
    end = mine.training_class.end_day
    if replay_days:
        mine.training_class.replay = "until"
        mine.training_class.replay_until = end + timedelta(days=replay_days)
        session.flush()
    clock.set(shanghai_midnight(end + timedelta(days=1)) - timedelta(minutes=minutes_left))
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{mine.items[place]}/ticket")
    assert answer.status_code == 200, answer.json
    claims = read(app, answer.json["ticket"], "item-ticket")
    assert claims["exp"] - claims["iat"] == lives


def test_from_the_graduation_application_on_nothing_is_seen_again(client, mine, session, clock):
    mine.training_class.replay = "until"
    mine.training_class.replay_until = mine.training_class.end_day + timedelta(days=3)
    graduation_applied(session, training_class=mine.training_class, now=clock.now)
    assert ticket(client, mine, 0) == (409, "classroom.study.class.closed")


@pytest.mark.parametrize("path", ["", "/items/{item}/ticket", "/study-sessions"])
def test_a_class_that_is_not_ones_own_does_not_exist(client, mine, actor, path):
    caller = client.as_(actor("learner"))
    full = mine.path + path.format(item=mine.items[0])
    call = caller.get if not path else caller.post
    body = {"json": {"device": "a"}} if path == "/study-sessions" else {}
    assert call(full, **body).status_code == 404


def test_an_item_of_another_class_does_not_exist(client, mine):
    answer = client.as_(mine.actor).post(f"{mine.path}/items/{new_id()}/ticket")
    assert (answer.status_code, answer.json["code"]) == (404, "classroom.study.item.not_found")


def test_the_ticket_follows_the_policy_version_and_the_epoch(client, mine, app, session):
    training_class = session.get_one(TrainingClass, mine.training_class.id)
    training_class.policy_version, training_class.epoch = 4, 2
    session.flush()
    claims = read(app, client.as_(mine.actor).get(mine.path).json["ticket"]["ticket"], "ticket")
    assert (claims["pol"], claims["epoch"]) == (4, 2)
