"""What a service can do wrong, and what must not come of it."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from edge.proxy import UpstreamUnavailable
from edge.shares import TransfersFull
from edge.testing import GatewayMaker, Upstream
from flask.testing import FlaskClient


def test_a_service_that_hangs_takes_so_many_threads_and_no_more(
    make_gateway: GatewayMaker, upstream: Upstream, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("edge.upstreams.PATIENCE", 0.01)
    urls = {"identity": upstream.url, "exam": upstream.url}
    gateway = make_gateway(urls, service_room=2)
    client, upstreams = gateway.test_client(), gateway.extensions["edge.upstreams"]
    with upstreams.place("exam"), upstreams.place("exam"):
        answer = client.get("/api/v1/exam/papers")
        assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
        assert client.get("/api/v1/identity/session").status_code == 200
    assert client.get("/api/v1/exam/papers").status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_somebody_searched_for_is_not_in_the_log(make_gateway: GatewayMaker, method: str):
    client = make_gateway({"identity": "http://127.0.0.1:9"}).test_client()
    with structlog.testing.capture_logs() as lines:
        client.open("/api/v1/identity/accounts?text=13900000001", method=method)
    assert any(line["event"] == "upstream_failed" for line in lines)
    assert "13900000001" not in str(lines)


def test_the_place_is_given_back_however_it_ends(make_gateway: GatewayMaker, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("edge.upstreams.PATIENCE", 0.01)
    client = make_gateway({"identity": "http://127.0.0.1:9"}, service_room=1, large_bodies=1).test_client()
    for _ in range(3):
        assert client.post("/api/v1/identity/accounts", json={}).json["code"] == UpstreamUnavailable.code


@pytest.mark.parametrize(
    "token", ["x%0d%0aSet-Cookie:%20a=b", "x%0aLocation:%20http://evil", "..%2f..%2fmetrics"]
)
def test_a_media_address_writes_no_headers_and_leaves_no_folder(
    make_gateway: GatewayMaker, upstream: Upstream, token: str
):
    client = make_gateway(
        {"edge_media": upstream.url}, media_public_url="https://media.example"
    ).test_client()
    answer = client.get(f"/media/{token}")
    assert answer.status_code in {307, 404}
    assert "Set-Cookie" not in answer.headers
    assert answer.headers.get("Location", "https://media.example/media/").startswith(
        "https://media.example/media/"
    )
    assert TransfersFull.code not in answer.text


def test_a_path_that_another_server_has_rewritten_is_the_one_that_was_routed(
    client: FlaskClient, upstream: Upstream
):
    """RAW_URI is gunicorn's; where it is not the path that the routes have seen, it is not followed."""
    for raw in ("/api/v1/billing/orders", "//evil/api", "http://evil/", "/api/v1/identity/ses\tsion", ""):
        said: dict[str, Any] = {"RAW_URI": raw, "REQUEST_URI": raw}
        client.get("/api/v1/identity/session?a=1", environ_overrides=said)
    assert [seen.target for seen in upstream.seen] == ["/api/v1/identity/session?a=1"] * 5


def test_nobody_says_a_request_id_that_could_break_a_line(client: FlaskClient, upstream: Upstream):
    for said in ("short", "x" * 81, "with space", "a;b=c;d=e", '{"a":1}'):
        answer = client.get("/api/v1/identity/session", headers={"X-Request-Id": said})
        assert answer.headers["X-Request-Id"] != said
        assert upstream.seen[-1].header("X-Request-Id") == answer.headers["X-Request-Id"]


def test_the_gateway_never_speaks_of_itself_as_the_client(client: FlaskClient, upstream: Upstream):
    client.get("/api/v1/identity/session", environ_overrides={"HTTP_USER_AGENT": "Firefox"})
    del client.environ_base["HTTP_USER_AGENT"]
    client.get("/api/v1/identity/session")
    assert [seen.header("User-Agent") for seen in upstream.seen] == ["Firefox", None]
