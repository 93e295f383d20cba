"""What a service refuses reaches the caller as the service said it; what the door itself says is true."""

from __future__ import annotations

import json
from typing import Any

import pytest
from edge.testing import GatewayMaker, Handler, Upstream
from flask.testing import FlaskClient

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CONSOLING = "没有丢失"


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("status", [413, 429, 503])
def test_a_refusal_with_retry_after_gets_through_as_the_service_said_it(
    client: FlaskClient, upstream: Upstream, status: int, method: str
):
    said = {"code": "exam.window.closed", "title": "题", "next_step": "步", "status": status}
    headers = [("Content-Type", "application/problem+json"), ("Retry-After", "17"), ("X-Reason", "kept")]
    upstream.answer = lambda handler: handler.say(status, json.dumps(said).encode(), headers)
    answer = client.open(
        "/api/v1/identity/accounts/1", method=method, data=b"{}" if method == "PUT" else None
    )
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "17")
    assert (answer.content_type, answer.headers["X-Reason"]) == ("application/problem+json", "kept")
    assert method == "HEAD" or json.loads(answer.data) == said
    assert len(upstream.seen) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308, 401, 500, 502])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_answers_are_neither_followed_nor_tried_again(
    client: FlaskClient, upstream: Upstream, status: int, method: str
):
    headers = [("Location", "/api/v1/identity/elsewhere"), ("Retry-After", "1")]
    upstream.answer = lambda handler: handler.say(status, b"said", headers)
    answer = client.open("/api/v1/identity/accounts/1", method=method)
    assert (answer.status_code, answer.data) == (status, b"said")
    assert len(upstream.seen) == 1


def break_off(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
def test_a_service_that_broke_off_may_have_done_it_and_the_answer_says_so(
    client: FlaskClient, upstream: Upstream, method: str
):
    upstream.answer = break_off
    answer = client.open("/api/v1/identity/accounts/1", method=method, data=b"{}")
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.broke_off")
    assert "可能已经完成" in answer.json["next_step"]


@pytest.mark.parametrize("urls", [{"identity": "http://127.0.0.1:9"}, {}], ids=["refused", "no address"])
def test_what_was_not_done_is_said_not_to_have_been_done(make_gateway: GatewayMaker, urls: dict[str, Any]):
    answer = make_gateway(urls).test_client().post("/api/v1/identity/accounts", json={})
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
    assert "没有执行" in answer.json["next_step"]
    assert CONSOLING not in answer.text
