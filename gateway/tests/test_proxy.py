"""What passes through the door, and how."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from edge.testing import GatewayMaker, Handler, Upstream, ended
from flask import Flask
from flask.testing import FlaskClient


def test_a_request_reaches_its_service_with_method_path_query_and_body(
    client: FlaskClient, upstream: Upstream
):
    answer = client.put(
        "/api/v1/identity/accounts/7%2F8?text=%E5%BC%A0&page=2",
        data=b'{"name": 1}',
        content_type="application/json",
    )
    assert answer.status_code == 200
    assert answer.json == {"ok": True}
    seen = upstream.seen[0]
    assert (seen.method, seen.target) == ("PUT", "/api/v1/identity/accounts/7%2F8?text=%E5%BC%A0&page=2")
    assert seen.header("Content-Type") == "application/json"
    assert seen.body == b'{"name": 1}'


def test_the_answer_comes_back_with_its_status_headers_and_every_cookie(
    client: FlaskClient, upstream: Upstream
):
    cookies = [("Set-Cookie", "kaike=a; Path=/"), ("Set-Cookie", "kaike_refresh=b; Path=/x")]
    upstream.answer = lambda handler: handler.say(201, b"made", [("ETag", '"v1"'), *cookies])
    answer = client.post("/api/v1/identity/providers", json={})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (201, b"made", '"v1"')
    assert answer.headers.getlist("Set-Cookie") == [value for _, value in cookies]


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_body_has_none(client: FlaskClient, upstream: Upstream, status: int):
    upstream.answer = lambda handler: handler.say(status)
    answer = client.get("/api/v1/identity/session")
    assert (answer.status_code, answer.data) == (status, b"")
    assert client.get("/api/v1/identity/session").status_code == status


def test_head_keeps_the_length_of_what_get_would_send(client: FlaskClient, upstream: Upstream):
    upstream.answer = lambda handler: handler.say(200, b"x" * 321)
    answer = client.head("/api/v1/identity/session")
    assert answer.headers["Content-Length"] == "321"
    assert answer.data == b""


def test_headers_of_one_hop_stay_on_that_hop(client: FlaskClient, upstream: Upstream):
    upstream.answer = lambda handler: handler.say(
        200,
        b"",
        [("Connection", "X-Secret"), ("X-Secret", "1"), ("Keep-Alive", "timeout=9"), ("X-Kept", "2")],
    )
    answer = client.get(
        "/api/v1/identity/session",
        headers={
            "Connection": "X-Mine",
            "X-Mine": "1",
            "TE": "trailers",
            "Proxy-Authorization": "x",
            "X-Other": "2",
        },
    )
    seen = upstream.seen[0]
    assert [seen.header(n) for n in ("X-Mine", "TE", "Proxy-Authorization", "X-Other")] == [
        None,
        None,
        None,
        "2",
    ]
    assert "X-Secret" not in answer.headers
    assert "Keep-Alive" not in answer.headers
    assert answer.headers["X-Kept"] == "2"


def test_every_request_gets_an_id_and_a_good_one_is_kept(client: FlaskClient, upstream: Upstream):
    answer = client.get("/api/v1/identity/session", headers={"X-Request-Id": "page-1234567"})
    assert answer.headers.getlist("X-Request-Id") == ["page-1234567"]
    assert upstream.seen[0].header("X-Request-Id") == "page-1234567"
    answer = client.get("/api/v1/identity/session", headers={"X-Request-Id": "bad id{}"})
    made = answer.headers["X-Request-Id"]
    assert made != "bad id{}"
    assert upstream.seen[1].header("X-Request-Id") == made


def test_a_stranger_cannot_say_who_it_is(client: FlaskClient, upstream: Upstream):
    lies = {
        "X-Forwarded-For": "8.8.8.8",
        "X-Real-IP": "8.8.8.8",
        "Forwarded": "for=8.8.8.8",
        "X-Forwarded-Proto": "https",
    }
    client.get("/api/v1/identity/session", headers=lies)
    seen = upstream.seen[0]
    assert seen.header("X-Forwarded-For") == "127.0.0.1"
    assert seen.header("X-Forwarded-Proto") == "http"
    assert seen.header("X-Real-IP") is None
    assert seen.header("Forwarded") is None


def test_a_trusted_proxy_is_believed(make_gateway: GatewayMaker, upstream: Upstream):
    from edge.config import EdgeSettings

    trusted = EdgeSettings.from_env({"KAIKE_TRUSTED_PROXIES": "127.0.0.0/8, 10.0.0.1"}).trusted_proxies
    client = make_gateway({"identity": upstream.url}, trusted_proxies=trusted).test_client()
    said = {"X-Forwarded-For": "1.2.3.4, 203.0.113.9, 10.0.0.1", "X-Forwarded-Proto": "https"}
    client.get("/api/v1/identity/session", headers=said)
    assert upstream.seen[0].header("X-Forwarded-For") == "203.0.113.9"
    assert upstream.seen[0].header("X-Forwarded-Proto") == "https"


def test_the_public_host_is_told_onward(client: FlaskClient, upstream: Upstream):
    client.get("/api/v1/identity/session", headers={"Host": "kaike.example"})
    assert upstream.seen[0].header("Host") == "kaike.example"
    assert upstream.seen[0].header("X-Forwarded-Host") == "kaike.example"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nobody/x",
        "/nothing",
        "/api/v1/identity/../../metrics",
        "/api/v1/identity/%2e%2e/x",
        "/api/v1/identity/..%5c..%5cmetrics",
        "/api/v1/identity/./x",
    ],
)
def test_an_address_without_a_service_is_a_404_problem(client: FlaskClient, upstream: Upstream, path: str):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert upstream.seen == []


def test_a_service_that_is_down_is_a_503_in_chinese_and_never_a_traceback(make_gateway: GatewayMaker):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    client = make_gateway({"identity": f"http://127.0.0.1:{port}"}).test_client()
    answer = client.post("/api/v1/identity/accounts", json={"name": "x"})
    assert answer.status_code == 503
    assert answer.json["code"] == "gateway.upstream.unavailable"
    assert answer.json["title"] == "服务暂时不可用"
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Traceback" not in answer.text


def test_a_service_without_an_address_is_unavailable_and_not_unknown(client: FlaskClient):
    answer = client.get("/api/v1/catalog/courses")
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")


def test_a_service_that_hangs_is_told_as_timed_out(make_gateway: GatewayMaker, upstream: Upstream):
    release = threading.Event()
    upstream.answer = lambda handler: (release.wait(5), handler.say(200))[1]
    client = make_gateway({"identity": upstream.url}, read_seconds=0.2).test_client()
    answer = client.get("/api/v1/identity/session")
    release.set()
    assert answer.status_code == 503
    assert answer.json["code"] == "gateway.upstream.timed_out"
    assert len(upstream.seen) == 1


@pytest.fixture
def refusing_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The first connection of each test is refused, the next ones are not."""
    from urllib3.connection import HTTPConnection
    from urllib3.exceptions import NewConnectionError

    tried: list[str] = []
    connect = HTTPConnection._new_conn

    def fail_first(self: HTTPConnection) -> Any:
        tried.append(self.host)
        if len(tried) == 1:
            raise NewConnectionError(self, "refused")
        return connect(self)

    monkeypatch.setattr(HTTPConnection, "_new_conn", fail_first)
    return tried


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_refused_connection_is_tried_again_for_what_may_be_repeated(
    client: FlaskClient, upstream: Upstream, refusing_once: list[str], method: str
):
    answer = client.open(
        "/api/v1/identity/accounts/1", method=method, data=b"{}" if method == "PUT" else None
    )
    assert answer.status_code == 200
    assert len(refusing_once) == 2
    assert len(upstream.seen) == 1


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_refused_connection_is_not_tried_again_for_what_may_not(
    client: FlaskClient, upstream: Upstream, refusing_once: list[str], method: str
):
    answer = client.open("/api/v1/identity/accounts", method=method, data=b"{}")
    assert answer.status_code == 503
    assert len(refusing_once) == 1
    assert upstream.seen == []


def test_a_connection_that_lay_idle_is_not_used_again(make_gateway: GatewayMaker, upstream: Upstream):
    ports: list[int] = []
    upstream.answer = lambda handler: (ports.append(handler.client_address[1]), handler.say(200))[1]
    client = make_gateway({"identity": upstream.url}).test_client()
    client.get("/api/v1/identity/session").get_data()
    client.get("/api/v1/identity/session").get_data()
    assert ports[0] == ports[1]
    stale = make_gateway({"identity": upstream.url}, idle_seconds=1e-9).test_client()
    stale.get("/api/v1/identity/session").get_data()
    stale.get("/api/v1/identity/session").get_data()
    assert ports[2] != ports[3]


def test_media_are_streamed_and_not_collected(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    go_on = threading.Event()

    def in_two_parts(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"5\r\nfirst\r\n")
        handler.wfile.flush()
        assert go_on.wait(5)
        handler.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")

    upstream.answer = in_two_parts
    place = urlsplit(serve(make_gateway({"edge_media": upstream.url})))
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    connection.request("GET", "/media/a.b.c")
    answer = connection.getresponse()
    assert answer.read(5) == b"first"
    go_on.set()
    assert answer.read() == b"second"
    connection.close()


@pytest.mark.parametrize("length", [[], [("Content-Length", "3000000")]], ids=["chunked", "with a length"])
def test_a_reader_who_takes_nothing_holds_nothing_of_the_service_that_has_answered(
    make_gateway: GatewayMaker,
    upstream: Upstream,
    serve: Callable[[Flask], str],
    length: list[tuple[str, str]],
):
    answered = threading.Event()

    def at_length(handler: Handler) -> None:
        handler.send_response(200)
        for name, value in length or [("Transfer-Encoding", "chunked")]:
            handler.send_header(name, value)
        handler.end_headers()
        for _ in range(30):
            handler.wfile.write(b"x" * 100_000 if length else b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
        handler.wfile.write(b"" if length else b"0\r\n\r\n")
        answered.set()

    upstream.answer = at_length
    gateway = make_gateway({"billing": upstream.url})
    place = urlsplit(serve(gateway))
    with socket.create_connection((str(place.hostname), place.port or 0), timeout=5) as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.sendall(b"GET /api/v1/billing/export HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answered.wait(10)
    ended(gateway.extensions["edge.answers"])


def test_a_large_body_reaches_its_service_with_its_length(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    place = urlsplit(serve(make_gateway({"catalog": upstream.url})))
    large = b"v" * (3 * 1024 * 1024)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    connection.request("PATCH", "/api/v1/catalog/uploads/1", body=large, headers={"Upload-Offset": "0"})
    assert connection.getresponse().read() == b'{"ok":true}'
    connection.close()
    assert upstream.seen[0].body == large
    assert upstream.seen[0].header("Content-Length") == str(len(large))


def test_an_answer_that_breaks_off_does_not_look_whole(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str]
):
    def break_off(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"only this")
        handler.close_connection = True

    upstream.answer = break_off
    place = urlsplit(serve(make_gateway({"identity": upstream.url})))
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=5)
    connection.request("GET", "/api/v1/identity/session")
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        connection.getresponse().read()
    connection.close()


def test_an_answer_without_a_length_that_breaks_off_is_told_as_such(
    make_gateway: GatewayMaker, upstream: Upstream
):
    def break_off(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"9\r\nonly this\r\n")
        handler.close_connection = True

    upstream.answer = break_off
    answer = make_gateway({"identity": upstream.url}).test_client().get("/api/v1/identity/session")
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.broke_off")
