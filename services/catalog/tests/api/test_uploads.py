"""Uploads over HTTP (C10)."""

import hashlib
from pathlib import Path

import pytest
from catalog.rules.uploads import MAX_PART
from chassis.ids import new_id

BASE = "/api/v1/catalog/uploads"


def begun(caller, size: int = 10, kind: str = "video", **changed):
    return caller.post(BASE, json={"name": "课.mp4", "size": size, "kind": kind, **changed})


def sent(caller, upload_id: str, data: bytes, offset: int):
    return caller.patch(f"{BASE}/{upload_id}", data=data, headers={"Upload-Offset": str(offset)})


def kept(app) -> set[Path]:
    folder = app.extensions["kaike.runtime"].settings.var / "files"
    return {path for path in folder.rglob("*") if path.is_file()}


def test_an_interrupted_upload_goes_on_where_it_stopped(registrar) -> None:
    upload = begun(registrar).json
    assert sent(registrar, upload["id"], b"0123", 0).json["offset"] == 4
    head = registrar.call("HEAD", f"{BASE}/{upload['id']}")
    assert (head.status_code, head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (
        200,
        "4",
        "10",
    )
    done = sent(registrar, upload["id"], b"456789", 4)
    assert (done.status_code, done.json["offset"]) == (200, 10)
    medium = registrar.get(f"/api/v1/catalog/media/{done.json['media_id']}").json
    assert (medium["state"], medium["size"]) == ("processing", 10)


def test_a_part_that_was_sent_before_is_told_where_to_go_on(registrar) -> None:
    upload = begun(registrar).json
    sent(registrar, upload["id"], b"0123", 0)
    again = sent(registrar, upload["id"], b"0123", 0)
    assert (again.status_code, again.json["code"], again.json["offset"]) == (
        409,
        "catalog.upload.offset_wrong",
        4,
    )


@pytest.mark.parametrize(
    ("data", "headers", "status", "code"),
    [
        (b"0123", {}, 400, "catalog.upload.offset_not_named"),
        (b"0123", {"Upload-Offset": "-1"}, 400, "catalog.upload.offset_not_named"),
        (b"", {"Upload-Offset": "0"}, 422, "catalog.upload.empty_part"),
        (b"0123456789x", {"Upload-Offset": "0"}, 422, "catalog.upload.beyond_end"),
        (bytes(MAX_PART + 1), {"Upload-Offset": "0"}, 413, "http.body_too_large"),
    ],
)
def test_bad_parts_change_nothing(registrar, app, data: bytes, headers: dict, status: int, code: str) -> None:
    upload = begun(registrar).json
    before = kept(app)
    answer = registrar.patch(f"{BASE}/{upload['id']}", data=data, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert registrar.get(f"{BASE}/{upload['id']}").json["offset"] == 0
    assert kept(app) == before


def test_what_is_too_large_is_refused_before_its_first_byte(registrar) -> None:
    answer = begun(registrar, size=101 * 2**20, kind="document")
    assert (answer.status_code, answer.json["code"]) == (413, "catalog.upload.too_large")
    assert answer.json["errors"][0]["field"] == "/size"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"size": 0}, "/size"),
        ({"size": "10"}, "/size"),
        ({"kind": "program"}, "/kind"),
        ({"x": 1}, "/x"),
        ({"name": ""}, "/name"),
    ],
)
def test_bad_announcements_name_the_field(registrar, changed: dict, field: str) -> None:
    answer = begun(registrar, **changed)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json["errors"]] == [field]


def test_an_upload_belongs_to_the_account_that_began_it(registrar, client, actor, provider_id, app) -> None:
    upload = begun(registrar).json
    colleague = client.as_(actor("registrar", provider_id=provider_id))
    before = kept(app)
    assert sent(colleague, upload["id"], b"0123", 0).status_code == 404
    assert kept(app) == before
    assert colleague.get(f"{BASE}/{upload['id']}").status_code == 404
    assert registrar.get(f"{BASE}/{new_id()}").status_code == 404


def test_large_parts_arrive_whole(registrar, app) -> None:
    content = bytes(range(256)) * (3 * 2**20 // 256)
    upload = begun(registrar, size=len(content)).json
    half = len(content) // 2
    sent(registrar, upload["id"], content[:half], 0)
    sent(registrar, upload["id"], content[half:], half)
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in kept(app)}
    assert {hashlib.sha256(content[:half]).hexdigest(), hashlib.sha256(content[half:]).hexdigest()} <= digests
