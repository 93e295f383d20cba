import pytest
from supervision.testing import Classroom, photo_bytes, plain_photo

API = "/api/v1/supervision"


def test_a_learner_is_verified_once(learner) -> None:
    before = learner.caller.get(f"{API}/real-name").json
    assert before == {"verified": False, "verified_at": None, "verifier": None, "consent": None}
    first, again = learner.verify(), learner.verify()
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["verified"]
    assert again.json == first.json == learner.caller.get(f"{API}/real-name").json


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"consent": "false"}, "/consent"),
        ({"consent": "maybe"}, "/consent"),
        ({"document_number": "110101199001011234", "consent": "true"}, "/document_number"),
    ],
)
def test_a_bad_form_names_its_field(learner, form: dict, field: str) -> None:
    refused = learner.post_photo("/real-name", **form)
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json["errors"]]
    assert not learner.caller.get(f"{API}/real-name").json["verified"]


def test_without_consent_field_or_photo_both_are_asked_for(learner) -> None:
    assert learner.post_photo("/real-name").json["errors"][0]["field"] == "/consent"
    missing = learner.post_form("/real-name", consent="true")
    assert (missing.status_code, missing.json["errors"][0]["field"]) == (422, "/photo")


def test_a_text_in_the_place_of_the_photo_is_none(learner) -> None:
    refused = learner.post_form("/real-name", consent="true", photo="一段文字")
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "/photo")


def test_a_script_with_a_pictures_name_is_no_photo(learner) -> None:
    refused = learner.verify(photo=b"<script>alert(1)</script>")
    assert (refused.status_code, refused.json["code"]) == (415, "files.image.not_an_image")


def test_a_photo_too_small_to_recognise_anybody_is_refused(learner) -> None:
    refused = learner.verify(photo=photo_bytes(width=50, height=50))
    assert (refused.status_code, refused.json["code"]) == (422, "supervision.real_name.refused")


def test_no_ticket_no_verification(learner) -> None:
    assert learner.verify(headers={}).status_code == 404


def test_consent_is_given_and_withdrawn(learner) -> None:
    assert learner.caller.post(f"{API}/consents", json={"consent": False}).status_code == 422
    assert learner.caller.post(f"{API}/consents", json={"consent": True}).status_code == 201
    assert learner.caller.get(f"{API}/real-name").json["consent"]["wording"]
    assert learner.caller.delete(f"{API}/consents/mine").status_code == 204
    assert learner.caller.delete(f"{API}/consents/mine").status_code == 204
    assert learner.caller.get(f"{API}/real-name").json["consent"] is None


def test_each_document_has_its_own_state(learner, classroom, session, clock) -> None:
    """S1: with a ticket the answer is about its document, without one about the latest verdict."""
    learner.verify()
    learner.classroom = Classroom(now=clock.now, account_id=classroom.account_id, document="another")
    learner.classroom.announce(session)
    path = f"{API}/real-name"
    asked = {"with": learner.caller.get(path, headers=learner.ticket()), "without": learner.caller.get(path)}
    assert {name: answer.json["verified"] for name, answer in asked.items()} == {
        "with": False,
        "without": True,
    }
    assert learner.verify().status_code == 201
    assert learner.caller.get(path, headers=learner.ticket()).json["verified"]


@pytest.mark.parametrize("use", ["study", "exam"])
def test_a_namesake_gets_no_pass_before_the_other_document_is_verified(
    learner, classroom, session, clock, use: str
) -> None:
    learner.verify()
    namesake = Classroom(now=clock.now, account_id=classroom.account_id, document="another", check_in="off")
    namesake.announce(session)
    learner.classroom = namesake
    refused = learner.ask_pass(use)
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.duties.due")
    assert [duty["kind"] for duty in refused.json["duties"]] == ["real_name"]
    learner.verify()
    assert learner.ask_pass(use).status_code == 201


def test_a_namesake_takes_no_photo_before_the_other_document_is_verified(
    learner, classroom, session, clock
) -> None:
    learner.verify()
    learner.classroom = Classroom(now=clock.now, account_id=classroom.account_id, document="another")
    learner.classroom.announce(session)
    refused = learner.take_photo()
    assert (refused.status_code, refused.json["code"]) == (409, "supervision.photo.real_name_first")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("colour", ["black", "white", "#7a6f60"])
def test_a_picture_of_nothing_is_no_face_photo(learner, colour: str, kind: str) -> None:
    refused = learner.verify(photo=plain_photo(colour=colour, kind=kind))
    assert (refused.status_code, refused.json["code"]) == (422, "supervision.photo.no_content")
    assert not learner.caller.get(f"{API}/real-name").json["verified"]


def test_a_ticket_that_names_no_document_is_to_be_fetched_anew(learner, foreign_paper) -> None:
    """As an earlier release gave it out, for an hour after an upgrade."""
    said = learner.classroom.claims()
    del said["doc"], said["sealed"]
    old = {"Kaike-Ticket": foreign_paper("classroom", "ticket", said)}
    for refused in (learner.verify(headers=old), learner.caller.get(f"{API}/real-name", headers=old)):
        assert (refused.status_code, refused.json["code"]) == (410, "supervision.ticket.outdated")
