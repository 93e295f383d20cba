"""How large a body may be."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from edge.bodies import MIB, most_bytes
from edge.testing import GatewayMaker, Upstream
from flask import Flask
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/v1/identity/accounts", MIB),
        ("/api/v1/catalog/courses", MIB),
        ("/api/v1/catalog/uploads", MIB),
        ("/api/v1/catalog/uploads/0190", 9 * MIB),
        ("/api/v1/catalog/uploads/0190/x", MIB),
        ("/api/v1/classroom/classes/0190/roster-imports", 6 * MIB),
        ("/api/v1/classroom/classes/0190/x/roster-imports", MIB),
        ("/api/v1/exam/questions/bulk", 4 * MIB),
        ("/api/v1/supervision/classes/0190/check-ins", 6 * MIB),
        ("/api/v1/billing/vouchers", 6 * MIB),
    ],
)
def test_only_upload_routes_take_more_than_a_mebibyte(path: str, limit: int):
    assert most_bytes(path) == limit


def test_ten_megabytes_of_json_are_refused_before_they_reach_the_service(
    client: FlaskClient, upstream: Upstream
):
    answer = client.post("/api/v1/identity/accounts", data=b"x" * 10_000_000, content_type="application/json")
    assert answer.status_code == 413
    assert answer.json["code"] == "gateway.body.too_large"
    assert answer.json["detail"] == "最多允许 1 MB"
    assert upstream.seen == []


def test_exactly_the_limit_passes(client: FlaskClient, upstream: Upstream):
    assert client.post("/api/v1/identity/accounts", data=b"x" * MIB).status_code == 200
    assert len(upstream.seen[0].body) == MIB


def test_a_body_without_a_length_is_cut_at_the_limit(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    place = urlsplit(serve(make_gateway({"identity": upstream.url})))
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    blocks = (b"x" * 65536 for _ in range(20))
    connection.request("POST", "/api/v1/identity/accounts", body=blocks, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 413
    answer.read()
    connection.close()
    assert upstream.seen == []


def test_a_short_body_without_a_length_passes(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    place = urlsplit(serve(make_gateway({"identity": upstream.url})))
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    connection.request("POST", "/api/v1/identity/accounts", body=iter([b"ab", b"cd"]), encode_chunked=True)
    assert connection.getresponse().status == 200
    connection.close()
    assert upstream.seen[0].body == b"abcd"
