"""How large a body may be."""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from chassis import clock
from chassis.testing import TestIssuer
from edge.bodies import FIRST_SECONDS, MIB, BodyBrokeOff, CountedBody, collected, most_bytes
from edge.shares import Shares
from edge.testing import GatewayMaker, Upstream
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import ClientDisconnected


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/v1/identity/session", 64 * 1024),
        ("/api/v1/identity/session/refresh", 64 * 1024),
        ("/api/v1/identity/tokens", 64 * 1024),
        ("/api/v1/identity/sms-codes", 64 * 1024),
        ("/api/v1/identity/client-errors", 64 * 1024),
        ("/api/v1/identity/accounts", MIB),
        ("/api/v1/catalog/courses", MIB),
        ("/api/v1/catalog/uploads", MIB),
        ("/api/v1/catalog/uploads/0190", 9 * MIB),
        ("/api/v1/catalog/uploads/0190/x", MIB),
        ("/api/v1/classroom/classes/0190/roster-imports", 6 * MIB),
        ("/api/v1/classroom/classes/0190/x/roster-imports", MIB),
        ("/api/v1/exam/questions/bulk", 4 * MIB),
        ("/api/v1/supervision/photos", 6 * MIB),
        ("/api/v1/supervision/photos/0190", MIB),
        ("/api/v1/supervision/classes/0190/check-ins", MIB),
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
    assert upstream.seen[0].header("Content-Length") == "4", "once collected, its length is known"
    assert upstream.seen[0].header("Transfer-Encoding") is None


def test_a_service_hears_of_a_request_when_its_body_is_there(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    gateway = make_gateway({"identity": upstream.url})
    place = urlsplit(serve(gateway))
    with socket.create_connection((str(place.hostname), place.port or 0), timeout=5) as connection:
        head = b"POST /api/v1/identity/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
        connection.sendall(head + b"ab")
        # Another request passes it meanwhile: the half one holds no place at the service.
        assert gateway.test_client().get("/api/v1/identity/session").status_code == 200
        assert [seen.method for seen in upstream.seen] == ["GET"]
        connection.sendall(b"cd")
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    assert upstream.seen[1].body == b"abcd"


class Dripping:
    """A body that comes byte by byte, each after so many seconds."""

    def __init__(self, clock: list[float], every: float) -> None:
        self._clock, self._every = clock, every

    def read(self, _size: int) -> bytes:
        self._clock[0] += self._every
        return b"x"


@pytest.mark.parametrize("every", [1.0, 19.0])
def test_a_body_that_only_drips_does_not_keep_its_thread(monkeypatch: pytest.MonkeyPatch, every: float):
    clock = [1000.0]
    monkeypatch.setattr("edge.bodies.time.monotonic", lambda: clock[0])
    body = CountedBody(Dripping(clock, every), limit=MIB)  # type: ignore[arg-type]
    with pytest.raises(BodyBrokeOff):
        collected(body)
    assert clock[0] < 1000.0 + FIRST_SECONDS + every + 1


@pytest.mark.parametrize("error", [TimeoutError(), ClientDisconnected()])
def test_a_body_that_breaks_off_is_a_problem_and_no_fault_of_ours(
    client: FlaskClient, upstream: Upstream, error: Exception
):
    class Broken(io.BytesIO):
        def read(self, *_size: Any) -> bytes:
            raise error

        read1 = readinto = read  # type: ignore[assignment]

    answer = client.post(
        "/api/v1/identity/accounts", input_stream=Broken(b"x" * 10), headers={"Content-Length": "10"}
    )
    assert (answer.status_code, answer.json["code"]) == (400, "http.unreadable")
    assert upstream.seen == []


def test_large_bodies_hold_a_few_places_of_their_service_and_no_more(
    make_gateway: GatewayMaker, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("edge.upstreams.PATIENCE", 0.01)
    gateway = make_gateway({"billing": upstream.url}, large_bodies=1)
    client, upstreams = gateway.test_client(), gateway.extensions["edge.upstreams"]
    large, small = b"x" * (MIB + 1), b"x" * MIB
    with upstreams.place("billing", large=True):
        answer = client.post("/api/v1/billing/vouchers", data=large)
        assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
        assert client.post("/api/v1/billing/vouchers", data=small).status_code == 200
    assert client.post("/api/v1/billing/vouchers", data=large).status_code == 200


@pytest.mark.parametrize("path", ["session", "tokens", "sms-codes", "client-errors"])
def test_what_anybody_may_send_is_at_most_64_kilobytes(client: FlaskClient, upstream: Upstream, path: str):
    answer = client.post(f"/api/v1/identity/{path}", data=b"x" * (64 * 1024 + 1))
    assert (answer.status_code, answer.json["code"]) == (413, "gateway.body.too_large")
    assert answer.json["detail"] == "最多允许 64 KB"
    assert client.post(f"/api/v1/identity/{path}", data=b"x" * 64 * 1024).status_code == 200
    assert len(upstream.seen) == 1


def test_eight_slow_uploads_of_one_learner_leave_large_bodies_to_all_others(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    gateway = make_gateway({"supervision": upstream.url}, large_bodies=2, bodies_at_once=20)
    place, photo = urlsplit(serve(gateway)), b"x" * (MIB + 1)
    with contextlib.ExitStack() as held:
        for _ in range(8):
            slow = held.enter_context(socket.create_connection((str(place.hostname), place.port or 0)))
            slow.sendall(
                b"POST /api/v1/supervision/photos HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\nab"
            )
        shares: Shares = gateway.extensions["edge.bodies"]
        with shares._changed:  # each of them is being read
            assert shares._changed.wait_for(lambda: shares._running == 8, 5)
        refused = gateway.test_client().post("/api/v1/supervision/photos", data=photo)
        assert (refused.status_code, refused.json["code"]) == (429, "gateway.transfers.too_many")
        elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
        for _ in range(3):
            answer = gateway.test_client().post(
                "/api/v1/supervision/photos", data=photo, environ_base=elsewhere
            )
            assert answer.status_code == 200


def test_a_learner_behind_the_address_of_slow_strangers_uploads_as_ever(
    make_gateway: GatewayMaker, upstream: Upstream, issuer: TestIssuer
):
    gateway = make_gateway({"supervision": upstream.url})
    issuer.trusted_by(gateway.extensions["edge.papers"], issuers=frozenset({"identity"}))
    shares: Shares = gateway.extensions["edge.bodies"]
    for _ in range(8):
        shares.take(address="127.0.0.1", account="")
    token = issuer.paper("identity", "access", {"sub": "learner"}, now=clock.now(), lifetime=300)
    client, photo = gateway.test_client(), b"x" * (MIB + 1)
    assert client.post("/api/v1/supervision/photos", data=photo).status_code == 429
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.post("/api/v1/supervision/photos", data=photo, headers=bearer).status_code == 200
    forged = {"Authorization": f"Bearer {token[:-6]}AAAAAA"}
    assert client.post("/api/v1/supervision/photos", data=photo, headers=forged).status_code == 429
    client.set_cookie("kaike", token)
    assert client.post("/api/v1/supervision/photos", data=photo).status_code == 200
