"""Ready only when everything behind the door is."""

from __future__ import annotations

import socket
from collections.abc import Callable

from edge.readiness import BEHIND
from edge.testing import GatewayMaker, Upstream


def test_the_door_is_ready_when_every_service_is(make_gateway: GatewayMaker, upstream: Upstream):
    client = make_gateway(dict.fromkeys(BEHIND, upstream.url)).test_client()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"service": "edge", "ready": True, "services": dict.fromkeys(BEHIND, "ready")}
    assert [seen.target for seen in upstream.seen] == ["/readyz"] * len(BEHIND)


def test_who_asks_often_does_not_have_every_service_asked_as_often(
    make_gateway: GatewayMaker, upstream: Upstream
):
    gateway = make_gateway(dict.fromkeys(BEHIND, upstream.url))
    for _ in range(5):
        assert gateway.test_client().get("/readyz").status_code == 200
    assert len(upstream.seen) == len(BEHIND)
    upstream.answer = lambda handler: handler.say(503, b"{}")
    gateway.extensions["edge.readiness"]._looked_at -= 1.0
    assert gateway.test_client().get("/readyz").status_code == 503


def test_each_service_that_is_not_ready_is_named(
    make_gateway: GatewayMaker, make_upstream: Callable[[], Upstream], upstream: Upstream
):
    sick = make_upstream()
    sick.answer = lambda handler: handler.say(503, b'{"ready":false,"database":"OperationalError"}')
    with socket.create_server(("127.0.0.1", 0)) as unused:
        down = f"http://127.0.0.1:{unused.getsockname()[1]}"
    urls = dict.fromkeys(BEHIND, upstream.url) | {"exam": sick.url, "billing": down}
    del urls["catalog"]
    answer = make_gateway(urls).test_client().get("/readyz")
    assert answer.status_code == 503
    found = answer.json["services"]
    assert found["exam"] == "not ready (OperationalError)"
    assert found["billing"].startswith("no answer")
    assert found["catalog"] == "no address"
    assert found["identity"] == "ready"


def test_the_process_says_that_it_lives_and_what_it_counted(make_gateway: GatewayMaker):
    client = make_gateway({}).test_client()
    assert client.get("/livez").json == {"service": "edge", "live": True}
    assert "kaike_http_requests_total" in client.get("/metrics").text
