"""Who carries an SMS."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from chassis.config import Settings
from chassis.testing.plugin import FrozenClock
from identity.actions.senders import EmbeddedSender, HttpSender, NoSender, SmsUnavailable, sender_from
from identity.models import DevelopmentMessage
from sqlalchemy.orm import Session

ENVIRON = {"KAIKE_ENV": "development", "KAIKE_SECRET": "s"}


class SmsGateway(HTTPServer):
    """Remembers what it was given."""

    status = 202

    def __init__(self) -> None:
        self.seen: list[tuple[str | None, dict[str, Any]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(handler) -> None:  # noqa: N805 - http.server's name; the outer self is the server
                body = handler.rfile.read(int(handler.headers["Content-Length"]))
                self.seen.append((handler.headers["Authorization"], json.loads(body)))
                handler.send_response(self.status)
                handler.send_header("Content-Length", "0")
                handler.end_headers()

            def log_message(handler, *args: Any) -> None:  # noqa: N805
                pass

        super().__init__(("127.0.0.1", 0), Handler)


@pytest.fixture
def gateway() -> Iterator[SmsGateway]:
    server = SmsGateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def http_sender(gateway: SmsGateway) -> Iterator[HttpSender]:
    sender = HttpSender(f"http://127.0.0.1:{gateway.server_address[1]}/sms", "the key")
    yield sender
    sender.close()


def test_the_embedded_sender_shows_the_code_in_the_log_and_on_the_page(session: Session, clock: FrozenClock):
    with structlog.testing.capture_logs() as logs:
        EmbeddedSender().send(session, mobile="13900000001", code="012345", now=clock.now)
    assert logs[0]["sms_code"] == "012345"
    assert logs[0]["to"] == "139****0001"
    kept = session.scalars(sa.select(DevelopmentMessage)).one()
    assert (kept.mobile, kept.code) == ("13900000001", "012345")
    assert "012345" in kept.text


def test_a_gateway_is_handed_number_code_and_text(
    session: Session, clock: FrozenClock, gateway: SmsGateway, http_sender: HttpSender
):
    http_sender.send(session, mobile="13900000001", code="012345", now=clock.now)
    key, said = gateway.seen[0]
    assert key == "Bearer the key"
    assert (said["mobile"], said["code"]) == ("13900000001", "012345")
    assert said["text"].startswith("【开课】")


def test_a_gateway_that_refuses_is_told_as_unavailable(
    session: Session, clock: FrozenClock, gateway: SmsGateway, http_sender: HttpSender
):
    gateway.status = 500
    with pytest.raises(SmsUnavailable):
        http_sender.send(session, mobile="13900000001", code="012345", now=clock.now)


def test_a_gateway_that_is_away_is_told_as_unavailable(session: Session, clock: FrozenClock):
    sender = HttpSender("http://127.0.0.1:9/sms", "k")
    with pytest.raises(SmsUnavailable):
        sender.send(session, mobile="13900000001", code="012345", now=clock.now)
    sender.close()


def test_production_without_a_gateway_says_so(session: Session, clock: FrozenClock):
    with pytest.raises(SmsUnavailable):
        NoSender().send(session, mobile="13900000001", code="012345", now=clock.now)


def test_the_sender_follows_from_the_settings():
    development = Settings.from_env("identity", ENVIRON)
    production = replace(development, env="production")
    assert isinstance(sender_from(development), EmbeddedSender)
    assert isinstance(sender_from(production), NoSender)
    told = replace(production, environ={"KAIKE_SMS_URL": "https://sms.example/", "KAIKE_SMS_KEY": "k"})
    assert isinstance(sender_from(told), HttpSender)


def test_a_slow_gateway_takes_four_threads_and_no_more(
    session: Session, clock: FrozenClock, gateway: SmsGateway, http_sender: HttpSender
):
    for _ in range(HttpSender.AT_ONCE):
        assert http_sender._room.acquire(blocking=False)  # four are waiting for its answer
    with pytest.raises(SmsUnavailable) as caught:
        http_sender.send(session, mobile="13900000001", code="012345", now=clock.now)
    assert caught.value.retry_after == 5
    assert gateway.seen == []
    http_sender._room.release()
    http_sender.send(session, mobile="13900000001", code="012345", now=clock.now)
    assert len(gateway.seen) == 1
