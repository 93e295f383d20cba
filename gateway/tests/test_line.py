"""The admission queue of signing in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from edge.config import EdgeSettings
from edge.line import Line, SignInFull
from edge.testing import GatewayMaker, Handler, Upstream
from flask import Flask

SIGN_IN = "/api/v1/identity/session"


class Inside:
    """What is done in a turn: it ends when it is told to, and knows how many were in it at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.go_on = threading.Event()
        self.changed = threading.Condition()

    def work(self) -> None:
        with self.changed:
            self.now += 1
            self.most = max(self.most, self.now)
            self.changed.notify_all()
        try:
            assert self.go_on.wait(5)
        finally:
            with self.changed:
                self.now -= 1

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.now == count, 5)


@pytest.fixture
def threads() -> Any:
    with ThreadPoolExecutor(48) as pool:
        yield pool


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def enter(threads: ThreadPoolExecutor, inside: Inside) -> Callable[[Line], Future[None]]:
    """Stand in line in a thread of one's own."""

    def stand(line: Line) -> None:
        with line.turn():
            inside.work()

    return lambda line: threads.submit(stand, line)


def test_so_many_are_inside_and_the_others_wait_their_turn(
    inside: Inside, enter: Callable[..., Future[None]]
):
    line = Line(at_once=2, waiting=3)
    entered = [enter(line) for _ in range(5)]
    inside.wait_for(2)
    inside.go_on.set()
    for each in entered:
        each.result(5)
    assert inside.most == 2


def test_who_finds_the_line_full_is_refused_at_once(inside: Inside, enter: Callable[..., Future[None]]):
    line = Line(at_once=1, waiting=0)
    first = enter(line)
    inside.wait_for(1)
    with pytest.raises(SignInFull) as refused:
        enter(line).result(5)
    assert 3 <= (refused.value.retry_after or 0) <= 10
    inside.go_on.set()
    first.result(5)
    enter(line).result(5)


def test_who_waits_too_long_is_refused(inside: Inside, enter: Callable[..., Future[None]]):
    line = Line(at_once=1, waiting=3, patience=0.01)
    first = enter(line)
    inside.wait_for(1)
    with pytest.raises(SignInFull):
        enter(line).result(5)
    inside.go_on.set()
    first.result(5)


def test_a_failure_gives_the_turn_back():
    line = Line(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"), line.turn():
            raise ValueError("broken")
    with line.turn():
        pass


def test_at_the_door_the_refused_are_told_when_to_come_again(
    make_gateway: GatewayMaker, upstream: Upstream, threads: ThreadPoolExecutor
):
    inside, go_on = threading.Semaphore(0), threading.Event()

    def slow(handler: Handler) -> None:
        inside.release()
        assert go_on.wait(5)
        handler.say(200)

    upstream.answer = slow
    gateway = make_gateway({"identity": upstream.url}, sign_ins_at_once=1, sign_in_line=1)
    first = threads.submit(lambda: gateway.test_client().post(SIGN_IN, json={}).status_code)
    assert inside.acquire(timeout=5)
    second = threads.submit(
        lambda: gateway.test_client().post("/api/v1/identity/tokens", json={}).status_code
    )
    room = gateway.extensions["edge.line"]._room
    while room._value:  # the second stands in line when there is no place left
        threading.Event().wait(0.001)
    answer = gateway.test_client().post(SIGN_IN, json={})
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.sign_in.full")
    assert 3 <= int(answer.headers["Retry-After"]) <= 10
    assert gateway.test_client().get("/livez").status_code == 200
    go_on.set()
    assert (first.result(5), second.result(5)) == (200, 200)


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 60\r\n\r\n{",
        b"Content-Length: 60\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n1\r\n",
    ],
    ids=["half a body", "no body", "half a chunk"],
)
def test_forty_who_have_not_sent_their_body_take_no_turn(
    make_gateway: GatewayMaker, upstream: Upstream, serve: Callable[[Flask], str], body: bytes
):
    gateway = make_gateway({"identity": upstream.url}, sign_ins_at_once=1, sign_in_line=1)
    place = urlsplit(serve(gateway))
    stalled = [socket.create_connection((str(place.hostname), place.port or 0)) for _ in range(40)]
    try:
        for client in stalled:
            client.sendall(f"POST {SIGN_IN} HTTP/1.1\r\nHost: x\r\n".encode() + body)
        for _ in range(5):
            assert gateway.test_client().post(SIGN_IN, json={}).status_code == 200
    finally:
        for client in stalled:
            client.close()


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1//identity/session",
        "//api/v1/identity/session",
        "/api/v1/identity//session",
        "/api///v1/identity/%73ession",
        "/api/v1/identity%2Fsession",
        "/api/v1/identity%2F%2Fsession",
    ],
)
def test_no_spelling_of_the_address_goes_round_the_line(
    make_gateway: GatewayMaker, upstream: Upstream, path: str
):
    gateway = make_gateway({"identity": upstream.url}, sign_ins_at_once=1, sign_in_line=1)
    line: Line = gateway.extensions["edge.line"]
    with line.turn():
        line._patience = 0.01
        answer = gateway.test_client().post(
            "/", json={}, base_url="http://evil.example", environ_overrides={"PATH_INFO": unquote(path)}
        )
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.sign_in.full")
    assert "Location" not in answer.headers
    assert upstream.seen == []


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/identity/session/",
        "/api/v1/identity/session;x=1",
        "/api/v1/identity/Session",
        "/api/v1/identity/x/../session",
        "/api/v1/identity/%2e/session",
        "/api/v1/identity\\session",
        "/API/v1/identity/session",
    ],
)
def test_what_another_server_might_take_for_the_address_is_another_one_here(
    make_gateway: GatewayMaker, upstream: Upstream, path: str
):
    """The service reads the very path that was compared, or hears of none: none of these is its sign-in."""
    gateway = make_gateway({"identity": upstream.url})
    answer = gateway.test_client().post(path, json={}, base_url="http://evil.example")
    assert "Location" not in answer.headers
    assert [seen.target for seen in upstream.seen] in ([], [path.replace("\\", "%5C")])


@pytest.mark.parametrize(
    ("environ", "line"),
    [({}, 80), ({"KAIKE_WEB_THREADS": "640"}, 512), ({"KAIKE_EDGE_SIGN_IN_LINE": "7"}, 7)],
)
def test_those_who_wait_leave_a_fifth_of_the_threads_to_everybody_else(environ: dict[str, str], line: int):
    assert EdgeSettings.from_env({"KAIKE_ENV": "test", **environ}).sign_in_line == line
