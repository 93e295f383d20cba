"""One rule for all parameters: each is known, comes once, and is written in ASCII digits; a body is of its kind."""

from __future__ import annotations

import io

import pytest
from chassis.ids import new_id

LOAVES = "/api/v1/bakery/loaves"
LOAF = "01a22e6a-0402-737f-b44e-ada3d945ae61"
STAMPS = "/api/v1/bakery/stamps"


@pytest.fixture
def baker(client, actor):
    return client.as_(actor("registrar", provider_id=new_id()))


def wrong_fields(answer) -> dict[str, str]:
    assert (answer.status_code, answer.json["code"]) == (422, "http.fields_invalid")
    return {error["field"]: error["message"] for error in answer.json["errors"]}


@pytest.mark.parametrize("query", ["page=1&page=2", "page=1&page=1", "page=2&page_size=5&page=2"])
def test_a_single_valued_parameter_that_is_repeated_is_refused(baker, query):
    assert wrong_fields(baker.get(f"{LOAVES}?{query}")) == {"/page": "只能出现一次"}


@pytest.mark.parametrize("number", ["٣", "３", "۳", "+3", " 3", "3 ", "0_3", "03", "-0", "3.0", "3e0", ""])
def test_a_number_in_a_query_is_written_in_ascii_digits_alone(baker, number):
    assert set(wrong_fields(baker.get(LOAVES, query_string={"page": number}))) == {"/page"}


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", f"{LOAVES}/{LOAF}"), ("POST", "/api/v1/bakery/bakings")]
)
def test_a_query_of_an_operation_that_takes_none_is_refused(baker, method, path):
    assert wrong_fields(baker.call(method, f"{path}?colour=red")) == {"/colour": "不认识的字段"}


def test_a_public_operation_refuses_an_unknown_parameter_too(client):
    assert wrong_fields(client.anonymous.get("/api/v1/bakery/jwks?x=1")) == {"/x": "不认识的字段"}


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/xml", "application/vnd.bread+json", ""],
)
def test_a_body_of_another_kind_than_json_is_415(baker, kind):
    answer = baker.post(LOAVES, data=b'{"name": "rye", "price": "1.00"}', content_type=kind)
    assert (answer.status_code, answer.json["code"]) == (415, "http.media_type")


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_may_name_its_encoding(baker, kind):
    answer = baker.post(LOAVES, data=b'{"name": "rye", "price": "1.00"}', content_type=kind)
    assert answer.status_code == 201


def test_no_body_at_all_names_what_is_missing(baker):
    assert wrong_fields(baker.post(LOAVES)) == {"/name": "必填", "/price": "必填"}


def stamp(baker, **parts):
    whole = {"picture": (b"picture", "a.png"), "times": "2", **parts}
    for name, part in whole.items():
        whole[name] = (io.BytesIO(part[0]), part[1]) if isinstance(part, tuple) else part
    return baker.post(STAMPS, data=whole, content_type="multipart/form-data")


def test_a_multipart_body_is_read(baker):
    assert stamp(baker).json == {"times": 2, "dry": False}
    assert stamp(baker, dry="true").json == {"times": 2, "dry": True}


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"colour": "red"}, "/colour"),
        ({"second": (b"x", "b.png")}, "/second"),
        ({"times": ["1", "2"]}, "/times"),
        ({"times": "２"}, "/times"),
        ({"dry": "1"}, "/dry"),
        ({"dry": "True"}, "/dry"),
        ({"picture": "text"}, "/picture"),
    ],
)
def test_a_multipart_body_with_anything_else_is_refused(baker, parts, field):
    assert set(wrong_fields(stamp(baker, **parts))) == {field}


def test_json_where_a_form_is_expected_is_415(baker):
    answer = baker.post(STAMPS, json={"times": 2})
    assert (answer.status_code, answer.json["code"]) == (415, "http.media_type")


@pytest.mark.parametrize("key", ["a b", "\x7f", "x" * 201, ""])
def test_an_idempotency_key_is_visible_ascii_without_spaces(baker, key):
    answer = baker.post(LOAVES, json={"name": "rye", "price": "1.00"}, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency.key_unreadable")
