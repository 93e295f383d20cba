import io

import pytest
from chassis.ids import new_id
from supervision.models import PhotoView
from supervision.testing import Classroom, photo_bytes

API = "/api/v1/supervision"


def test_checking_in_twice_answers_the_same_record(learner) -> None:
    learner.verify()
    first, again = learner.check_in(), learner.check_in()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert first.json["slot"] == "morning"


def test_twelve_sharp_belongs_to_the_second(learner, clock) -> None:
    learner.verify()
    clock.advance(hours=1, minutes=59, seconds=59)
    assert learner.check_in().json["slot"] == "morning"
    clock.advance(seconds=1)
    assert learner.check_in().json["slot"] == "afternoon"


def test_ones_own_page_shows_x_of_y_and_what_is_due(learner, classroom, clock) -> None:
    learner.verify()
    path = f"{API}/classes/{classroom.class_id}/check-ins/mine"
    before = learner.caller.get(path, headers=learner.ticket()).json
    assert (before["days_checked_in"], before["days_begun"], before["class_days"]) == (0, 3, 8)
    assert before["today"] == [
        {"slot": "morning", "done": False, "due_now": True},
        {"slot": "afternoon", "done": False, "due_now": False},
    ]
    learner.check_in()
    clock.advance(hours=3)
    learner.check_in()
    after = learner.caller.get(path, headers=learner.ticket()).json
    assert (after["days_checked_in"], len(after["items"])) == (1, 2)
    assert all(slot["done"] and not slot["due_now"] for slot in after["today"])


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<script>alert(1)</script>", 415, "files.image.not_an_image"),
        (b"", 422, "files.empty"),
        (photo_bytes()[:200], 422, "files.image.damaged"),
        (b"GIF89a" + b"\0" * 100, 415, "files.image.not_an_image"),
        (photo_bytes() + b"\0" * (5 * 1024 * 1024), 413, "files.too_large"),
        (b"\0" * (6 * 1024 * 1024), 413, "http.body_too_large"),
    ],
)
def test_a_photo_is_judged_by_its_content(learner, classroom, content, status: int, code: str) -> None:
    learner.verify()
    refused = learner.check_in(photo=content)
    assert (refused.status_code, refused.json["code"]) == (status, code)
    path = f"{API}/classes/{classroom.class_id}/check-ins/mine"
    assert learner.caller.get(path, headers=learner.ticket()).json["items"] == []


def test_without_a_photo_the_field_is_named(learner, classroom) -> None:
    path = f"{API}/classes/{classroom.class_id}/check-ins"
    refused = learner.caller.post(path, data={}, headers=learner.ticket())
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "/photo")


def test_no_time_is_spent_on_the_picture_of_somebody_without_a_ticket(learner) -> None:
    for refused in (learner.check_in(headers={}, photo=b"x"), learner.verify(headers={}, photo=b"x")):
        assert (refused.status_code, refused.json["code"]) == (404, "supervision.ticket.missing")


def test_a_check_in_takes_few_statements(learner, counted, backend: str) -> None:
    learner.verify()
    with counted() as seen:
        assert learner.check_in().status_code == 201
    # class, account and check-ins so far; then the check-in, sequence and outbox, which are one on PostgreSQL
    assert len(seen) == (2 if backend == "postgres" else 4), seen


def test_a_check_in_needs_the_own_ticket(learner, clock) -> None:
    learner.verify()
    old = learner.ticket()
    for headers in ({}, {"Kaike-Ticket": "x.y.z"}, learner.ticket(sub=str(new_id())), learner.ticket(enr=1)):
        assert learner.check_in(headers=headers).status_code == 404
    clock.advance(minutes=61)
    late = learner.check_in(headers=old)
    assert (late.status_code, late.json["code"]) == (410, "supervision.ticket.expired")
    pending = learner.check_in(headers=learner.ticket(pol=9))
    assert (pending.status_code, pending.json["code"]) == (503, "projection.pending")
    assert pending.headers["Retry-After"] == "1"


@pytest.fixture
def teacher(client, classroom, actor):
    account = actor("class_teacher", provider_id=classroom.provider_id, account_id=classroom.teacher_id)
    return client.as_(account)


def test_teachers_see_statistics_with_rates(learner, classroom, teacher, clock) -> None:
    learner.verify()
    learner.check_in()
    clock.advance(hours=3)
    learner.check_in()
    found = teacher.get(f"{API}/classes/{classroom.class_id}/check-in-statistics").json
    assert (found["days_begun"], found["class_days"], found["required_slots"]) == (
        3,
        8,
        ["morning", "afternoon"],
    )
    assert found["days"][0] == {
        "day": "2026-03-02",
        "checked_in": 1,
        "expected": 1,
        "rate_percent": "100.00",
    }
    (line,) = found["items"]
    assert (line["name"], line["days_checked_in"], line["days_begun"], line["rate_percent"]) == (
        "王小明",
        1,
        3,
        "33.33",
    )
    listed = teacher.get(f"{API}/classes/{classroom.class_id}/check-ins?day=2026-03-02").json
    assert [one["slot"] for one in listed["items"]] == ["afternoon", "morning"]
    assert teacher.get(f"{API}/classes/{classroom.class_id}/check-ins?day=2026-03-01").json["total"] == 0
    assert teacher.get(f"{API}/classes/{classroom.class_id}/check-ins?day=today").status_code == 422


def test_a_photo_is_seen_by_a_link_that_expires_and_is_logged(
    learner, teacher, client, session, clock
) -> None:
    learner.verify()
    shot = photo_bytes(shade=33)
    check_in = learner.check_in(photo=shot).json["id"]
    link = teacher.post(f"{API}/check-ins/{check_in}/photo-link")
    assert link.status_code == 201
    seen = client.anonymous.get(link.json["url"])
    assert (seen.status_code, seen.content_type, seen.data) == (200, "image/jpeg", shot)
    assert seen.headers["Cache-Control"] == "private, no-store"
    view = session.query(PhotoView).one()
    assert (str(view.photo_id), view.viewed_at) == (check_in, clock.now)
    assert client.anonymous.get(link.json["url"][:-2] + "xx").status_code == 404
    clock.advance(minutes=5)
    assert client.anonymous.get(link.json["url"]).status_code == 410


@pytest.mark.parametrize("role", ["registrar", "class_teacher", "assistant", "business_manager"])
def test_another_providers_check_ins_do_not_exist(learner, classroom, client, actor, role: str) -> None:
    learner.verify()
    check_in = learner.check_in().json["id"]
    stranger = client.as_(actor(role, provider_id=new_id(), account_id=classroom.teacher_id))
    assert stranger.get(f"{API}/classes/{classroom.class_id}/check-ins").status_code == 404
    assert stranger.get(f"{API}/classes/{classroom.class_id}/check-in-statistics").status_code == 404
    foreign = stranger.post(f"{API}/check-ins/{check_in}/photo-link")
    missing = stranger.post(f"{API}/check-ins/{new_id()}/photo-link")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json["code"] == missing.json["code"] == "supervision.check_in.not_found"


def test_a_teacher_of_another_class_sees_nothing(learner, classroom, client, actor) -> None:
    colleague = client.as_(actor("class_teacher", provider_id=classroom.provider_id))
    assert colleague.get(f"{API}/classes/{classroom.class_id}/check-ins").status_code == 404


def test_sending_the_same_request_again_with_its_key_gives_the_kept_answer(learner, classroom) -> None:
    learner.verify()
    path = f"{API}/classes/{classroom.class_id}/check-ins"
    answers = [
        learner.caller.post(
            path,
            data={"photo": (io.BytesIO(photo_bytes()), "a.jpg")},
            headers=learner.ticket() | {"Idempotency-Key": "one"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replayed"] == "true"


def test_a_class_without_check_in_says_so(client, session, actor, foreign_paper, clock, learner) -> None:
    off = Classroom(now=clock.now, check_in="off", account_id=learner.classroom.account_id)
    off.announce(session)
    learner.classroom = off
    refused = learner.check_in()
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.check_in.not_asked")
