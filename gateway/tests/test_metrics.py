"""Who may read the counters of the public processes."""

from __future__ import annotations

from typing import Any

import pytest
from edge.config import EdgeSettings
from edge.testing import GatewayMaker

FOREIGN = {"REMOTE_ADDR": "10.0.0.9"}


def test_without_a_token_this_machine_alone_reads_them(make_gateway: GatewayMaker):
    client = make_gateway({}).test_client()
    assert "kaike_http_requests_total" in client.get("/metrics").text
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "::1"}).status_code == 200
    for address in ("10.0.0.9", "203.0.113.1", "", "unix"):
        answer = client.get("/metrics", environ_base={"REMOTE_ADDR": address})
        assert (answer.status_code, answer.json["code"]) == (404, "gateway.address.unknown"), address


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_a_proxy_on_this_machine_stands_for_the_world(make_gateway: GatewayMaker, name: str):
    client = make_gateway({}).test_client()
    assert client.get("/metrics", headers={name: "203.0.113.1"}).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 404),
        ({"Authorization": "Bearer wrong"}, 404),
        ({"Authorization": "Bearer é"}, 404),
        ({"Authorization": "Bearer the token"}, 200),
    ],
)
def test_with_a_token_whoever_brings_it(make_gateway: GatewayMaker, headers: dict[str, Any], status: int):
    client = make_gateway({}, metrics_token="the token").test_client()
    assert client.get("/metrics", headers=headers, environ_base=FOREIGN).status_code == status
    assert client.get("/metrics", headers=headers).status_code == status, "from here too"


def test_the_token_comes_from_the_environment():
    assert EdgeSettings.from_env({"KAIKE_METRICS_TOKEN": "t"}).metrics_token == "t"
    assert EdgeSettings.from_env({"KAIKE_METRICS_TOKEN": ""}).metrics_token is None
