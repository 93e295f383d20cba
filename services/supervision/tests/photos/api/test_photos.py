import pytest
from chassis.db import transaction
from chassis.ids import new_id
from files import FolderStore, StoreAway, store_from_settings
from supervision.photos.models import Photo
from supervision.real_name.actions.consent import withdraw_consent
from supervision.testing import Classroom, files_in, photo_bytes, plain_photo

API = "/api/v1/supervision"


def test_a_photo_is_kept_and_answered_with_a_receipt(learner, session, clock) -> None:
    learner.verify()
    taken = learner.take_photo(photo=photo_bytes(shade=7))
    assert (taken.status_code, taken.json["expires_at"]) == (201, "2026-03-02T02:10:00.000Z")
    (row,) = session.query(Photo).all()
    assert (row.enrolment_id, row.class_id) == (learner.classroom.enrolment_id, learner.classroom.class_id)
    assert (row.purpose, row.content_type, row.bytes) == ("check_in", "image/jpeg", len(photo_bytes(shade=7)))
    assert (row.taken_in_at, row.served) == (clock.now, False)
    assert row.key.startswith("faces/check-in/")


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
def test_a_photo_is_judged_by_its_content(learner, session, content, status: int, code: str) -> None:
    learner.verify()
    refused = learner.take_photo(photo=content)
    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert session.query(Photo).count() == 0


def test_what_is_missing_is_named(learner) -> None:
    learner.verify()

    def missing_in(form: dict[str, str]) -> set[str]:
        refused = learner.caller.post(
            f"{API}/photos", data=form, headers=learner.ticket(), content_type="multipart/form-data"
        )
        assert refused.status_code == 422
        return {error["field"] for error in refused.json["errors"]}

    assert missing_in({}) == {"/photo", "/purpose"}
    assert missing_in({"purpose": "check_in"}) == {"/photo"}
    assert missing_in({"purpose": "check_in", "photo": "a text"}) == {"/photo"}
    strange = learner.take_photo(purpose="selfie")
    assert (strange.status_code, strange.json["errors"][0]["field"]) == (422, "/purpose")


def test_no_time_is_spent_on_the_picture_of_somebody_without_a_ticket(learner) -> None:
    for refused in (learner.take_photo(headers={}, photo=b"x"), learner.verify(headers={}, photo=b"x")):
        assert (refused.status_code, refused.json["code"]) == (404, "supervision.ticket.missing")


def test_a_photo_needs_the_own_ticket(learner, clock) -> None:
    learner.verify()
    old = learner.ticket()
    for headers in ({}, {"Kaike-Ticket": "x.y.z"}, learner.ticket(sub=str(new_id())), learner.ticket(enr=1)):
        assert learner.take_photo(headers=headers).status_code == 404
    clock.advance(minutes=61)
    late = learner.take_photo(headers=old)
    assert (late.status_code, late.json["code"]) == (410, "supervision.ticket.expired")
    pending = learner.take_photo(headers=learner.ticket(pol=9))
    assert (pending.status_code, pending.json["code"]) == (503, "projection.pending")
    assert pending.headers["Retry-After"] == "1"


def test_no_face_is_taken_in_without_consent(learner, session, clock, committed_files) -> None:
    learner.verify()
    withdraw_consent(session, account_id=learner.classroom.account_id, now=clock.now)
    before = len(committed_files())
    refused = learner.take_photo()
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.photo.consent_first")
    assert len(committed_files()) == before


def test_a_class_without_check_in_wants_no_photo(learner, session, clock) -> None:
    off = Classroom(now=clock.now, check_in="off", account_id=learner.classroom.account_id)
    off.announce(session)
    learner.classroom = off
    refused = learner.take_photo()
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.photo.not_asked")


def test_taking_a_photo_reads_once_and_writes_once(learner, counted) -> None:
    learner.verify()
    with counted() as seen:
        assert learner.take_photo().status_code == 201
    assert len(seen) == 2, seen


def test_one_learner_cannot_fill_the_store(learner, clock) -> None:
    learner.verify()
    assert {learner.take_photo().status_code for _ in range(20)} == {201}
    refused = learner.take_photo()
    assert (refused.status_code, refused.json["code"]) == (429, "supervision.photo.too_many")
    assert int(refused.headers["Retry-After"]) > 0
    clock.advance(minutes=10)
    assert learner.take_photo().status_code == 201


def test_while_the_store_is_away_there_is_no_receipt_and_no_file_without_a_row(
    committed, learner_of, clock, monkeypatch, backend: str
) -> None:
    with committed.sessions() as session, transaction(session):
        classroom = Classroom(now=clock.now)
        classroom.announce(session)
        classroom.verify(session, store=store_from_settings(committed.settings), now=clock.now)
    before = files_in(committed.settings.var / "files")

    def away(*_: object, **__: object) -> None:
        raise StoreAway(retry_after=60)

    monkeypatch.setattr(FolderStore, "put_at", away)
    refused = learner_of(classroom, committed.client).take_photo()
    assert (refused.status_code, refused.json["code"]) == (503, "files.store.away")
    assert files_in(committed.settings.var / "files") == before
    with committed.sessions() as session:  # what PostgreSQL has committed by itself is dropped as unused
        assert session.query(Photo).count() == (1 if backend == "postgres" else 0)


@pytest.fixture
def committed_files(app):
    return lambda: files_in(app.extensions["kaike.runtime"].settings.var / "files")


@pytest.mark.parametrize("colour", ["black", "white", "#7a6f60"])
def test_a_picture_of_nothing_is_not_taken_in(learner, folder, colour: str) -> None:
    learner.verify()
    kept = len(files_in(folder))
    refused = learner.take_photo(photo=plain_photo(colour=colour))
    assert (refused.status_code, refused.json["code"]) == (422, "supervision.photo.no_content")
    assert len(files_in(folder)) == kept
