import pytest
from supervision.testing import photo_bytes

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
