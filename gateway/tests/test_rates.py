"""Limits per address on sign-in, SMS and joining."""

from __future__ import annotations

import pytest
from edge.config import RATES as RATES_OF_EVERYBODY
from edge.testing import GatewayMaker, Upstream
from limits import parse_many

RATES = {
    "sign_in": "2 per minute",
    "sms": "1 per minute",
    "join": "1 per minute",
    "client_error": "1 per minute",
}


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/identity/session", 2),
        ("/api/v1/identity/tokens", 2),
        ("/api/v1/identity/sms-codes", 1),
        ("/api/v1/classroom/joins", 1),
        ("/api/v1/identity/client-errors", 1),
    ],
)
def test_one_address_is_stopped_after_its_share(
    make_gateway: GatewayMaker, upstream: Upstream, path: str, allowed: int
):
    urls = {"identity": upstream.url, "classroom": upstream.url}
    client = make_gateway(urls, rates=RATES).test_client()
    for _ in range(allowed):
        assert client.post(path, json={}).status_code == 200
    answer = client.post(path, json={})
    assert answer.status_code == 429
    assert answer.json["code"] == "gateway.rate.too_often"
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert len(upstream.seen) == allowed
    other = client.post(path, json={}, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("name", "each"),
    [
        ("sign_in", 6),
        ("sms", 2),
        ("join", 6),
        ("client_error", 5),
    ],  # a page reports five errors a minute at the most
)
def test_each_limit_has_room_for_a_classroom_of_fifty_within_a_minute(name: str, each: int):
    (limit,) = parse_many(RATES_OF_EVERYBODY[name])
    assert limit.get_expiry() == 60
    assert limit.amount >= 50 * each


def test_a_classroom_of_fifty_behind_one_address_is_let_through_to_join(
    make_gateway: GatewayMaker, upstream: Upstream
):
    client = make_gateway({"classroom": upstream.url}).test_client()
    school = {"REMOTE_ADDR": "203.0.113.50"}
    codes = [
        client.post("/api/v1/classroom/joins", json={}, environ_base=school).status_code for _ in range(70)
    ]
    assert codes == [200] * 70
    assert {seen.header("X-Forwarded-For") for seen in upstream.seen} == {"203.0.113.50"}


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/identity/%73ession",
        "/api/v1/%69dentity/session",
        "/api/v1/identity/session?x=1",
        "/api/v1/identity/session#x",
    ],
)
def test_another_spelling_of_the_address_is_counted_as_well(
    make_gateway: GatewayMaker, upstream: Upstream, path: str
):
    client = make_gateway({"identity": upstream.url}, rates=RATES).test_client()
    assert [client.post(path, json={}).status_code for _ in range(3)] == [200, 200, 429]


def test_who_has_a_whole_network_of_addresses_is_counted_as_one(
    make_gateway: GatewayMaker, upstream: Upstream
):
    client = make_gateway({"identity": upstream.url}, rates=RATES).test_client()
    codes = [
        client.post("/api/v1/identity/session", environ_base={"REMOTE_ADDR": f"2001:db8::{n}"}).status_code
        for n in (1, 2, 3)
    ]
    assert codes == [200, 200, 429]
    other = {"REMOTE_ADDR": "2001:db8:0:1::1"}
    assert client.post("/api/v1/identity/session", environ_base=other).status_code == 200


def test_the_two_ways_to_sign_in_share_one_count(make_gateway: GatewayMaker, upstream: Upstream):
    client = make_gateway({"identity": upstream.url}, rates=RATES).test_client()
    assert client.post("/api/v1/identity/session", json={}).status_code == 200
    assert client.post("/api/v1/identity/tokens", json={}).status_code == 200
    assert client.post("/api/v1/identity/session", json={}).status_code == 429


def test_reading_and_signing_out_are_not_counted(make_gateway: GatewayMaker, upstream: Upstream):
    client = make_gateway({"identity": upstream.url}, rates=RATES).test_client()
    for _ in range(5):
        assert client.get("/api/v1/identity/session").status_code == 200
        assert client.delete("/api/v1/identity/session").status_code == 200
