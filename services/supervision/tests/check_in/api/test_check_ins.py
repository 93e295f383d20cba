import pytest
from chassis.ids import new_id
from supervision.check_in.models import CheckIn
from supervision.models import PhotoView
from supervision.testing import photo_bytes

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


def test_a_check_in_takes_one_statement_that_commits_itself(learner, counted, backend: str) -> None:
    learner.verify()
    receipt = learner.take_photo().json["receipt"]
    with counted() as seen:
        assert learner.check_in(receipt).status_code == 201
    # on SQLite: days so far, check-in, sequence, outbox
    assert len(seen) == (1 if backend == "postgres" else 4), seen


@pytest.mark.parametrize("receipt", ["", 7, None, ["x"], "x" * 1001])
def test_what_cannot_be_a_receipt_is_refused_and_the_field_named(learner, receipt) -> None:
    path = f"{API}/classes/{learner.classroom.class_id}/check-ins"
    refused = learner.caller.post(path, json={"receipt": receipt})
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "/receipt")


@pytest.mark.parametrize("receipt", ["x", "x.y", "é.é", "W10.AAAA", "."])
def test_what_is_no_receipt_of_ours_leads_to_nothing(learner, receipt: str) -> None:
    refused = learner.check_in(receipt)
    assert (refused.status_code, refused.json["code"]) == (404, "supervision.receipt.broken")


def test_a_receipt_is_good_for_its_learner_and_class_alone(learner, client, actor, session, clock) -> None:
    learner.verify()
    receipt = learner.take_photo().json["receipt"]
    path = f"{API}/classes/{learner.classroom.class_id}/check-ins"
    thief = client.as_(actor("learner")).post(path, json={"receipt": receipt})
    elsewhere = learner.caller.post(f"{API}/classes/{new_id()}/check-ins", json={"receipt": receipt})
    forged = learner.check_in(receipt[:-3] + "AAA")
    for refused in (thief, elsewhere, forged):
        assert (refused.status_code, refused.json["code"]) == (404, "supervision.receipt.broken")
    assert session.query(CheckIn).count() == 0
    assert learner.check_in(receipt).status_code == 201


def test_a_link_to_a_photo_is_no_receipt(learner, teacher) -> None:
    learner.verify()
    made = learner.check_in().json["id"]
    link = teacher.post(f"{API}/check-ins/{made}/photo-link").json["url"].rpartition("/")[2]
    assert learner.check_in(link).json["code"] == "supervision.receipt.broken"


def test_a_receipt_ends_after_ten_minutes_and_is_forgotten_after_a_day(learner, clock) -> None:
    learner.verify()
    used, unused = (learner.take_photo().json["receipt"] for _ in range(2))
    first = learner.check_in(used)
    clock.advance(minutes=10)
    assert (learner.check_in(used).status_code, learner.check_in(used).json) == (200, first.json)
    late = learner.check_in(unused)
    assert (late.status_code, late.json["code"]) == (410, "supervision.photo.expired")
    clock.advance(days=1)
    assert learner.check_in(used).status_code == 410


def test_no_receipt_reaches_into_the_next_day(learner, clock) -> None:
    learner.verify()
    clock.advance(hours=13, minutes=55)  # 23:55 in Shanghai
    taken = learner.take_photo().json
    assert taken["expires_at"] == "2026-03-02T16:00:00.000Z"
    clock.advance(minutes=5)
    assert learner.check_in(taken["receipt"]).status_code == 410


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
    check_in = learner.check_in(learner.take_photo(photo=shot).json["receipt"]).json["id"]
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


def test_sending_the_same_request_again_with_its_key_gives_the_kept_answer(learner) -> None:
    learner.verify()
    receipt = learner.take_photo().json["receipt"]
    answers = [learner.check_in(receipt, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].headers["Idempotent-Replayed"] == "true"
