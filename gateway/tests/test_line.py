"""The line before the doors at which passwords are hashed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from edge.config import EdgeSettings
from edge.line import REFUSED, Line
from edge.testing import GatewayMaker, Handler, Upstream

DOOR = "/sign-in"


class Inside:
    """An app that lets go when it is told to, and knows how many were in it at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.served: list[str] = []
        self.go_on = threading.Event()
        self.changed = threading.Condition()

    def __call__(self, environ: Any, _start: Any) -> list[bytes]:
        if environ.get(REFUSED):
            return [b"refused"]
        with self.changed:
            self.now += 1
            self.most = max(self.most, self.now)
            self.served.append(environ.get("name", ""))
            self.changed.notify_all()
        try:
            if environ.get("fail"):
                raise ValueError("broken")
            assert environ["PATH_INFO"] != DOOR or self.go_on.wait(5)
        finally:
            with self.changed:
                self.now -= 1
        return [b"served"]

    def wait_for(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.now == count, 5)


@pytest.fixture
def threads() -> Any:
    with ThreadPoolExecutor(16) as pool:
        yield pool


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def enter(threads: ThreadPoolExecutor) -> Callable[..., Future[Any]]:
    """Knock in a thread of one's own."""

    def knock(line: Line, path: str = DOOR, method: str = "POST", **more: Any) -> Future[Any]:
        return threads.submit(line, {"REQUEST_METHOD": method, "PATH_INFO": path, **more}, None)

    return knock


def a_line(inside: Inside, **said: Any) -> Line:
    return Line(inside, **{"paths": frozenset({DOOR}), "at_once": 2, "waiting": 3, **said})


def test_so_many_are_inside_and_the_others_wait_their_turn(inside: Inside, enter: Callable[..., Future[Any]]):
    line = a_line(inside)
    knocks = [enter(line) for _ in range(5)]
    inside.wait_for(2)
    inside.go_on.set()
    assert [knock.result(5) for knock in knocks] == [[b"served"]] * 5
    assert inside.most == 2


def test_who_finds_the_line_full_is_refused_at_once(inside: Inside, enter: Callable[..., Future[Any]]):
    line = a_line(inside, at_once=1, waiting=0)
    first = enter(line)
    inside.wait_for(1)
    assert enter(line).result(5) == [b"refused"]
    inside.go_on.set()
    assert first.result(5) == [b"served"]
    assert enter(line).result(5) == [b"served"]


def test_who_waits_too_long_is_refused(inside: Inside, enter: Callable[..., Future[Any]]):
    line = a_line(inside, at_once=1, patience=0.01)
    first = enter(line)
    inside.wait_for(1)
    assert enter(line).result(5) == [b"refused"]
    inside.go_on.set()
    assert first.result(5) == [b"served"]


@pytest.mark.parametrize(("path", "method"), [("/other", "POST"), (DOOR, "GET"), (DOOR, "DELETE")])
def test_everybody_else_passes_by(inside: Inside, enter: Callable[..., Future[Any]], path: str, method: str):
    line = a_line(inside, at_once=1, waiting=0)
    first = enter(line)
    inside.wait_for(1)
    inside.go_on.set()
    assert enter(line, path, method).result(5) == [b"served"]
    first.result(5)


def test_a_failure_gives_the_turn_back(inside: Inside, enter: Callable[..., Future[Any]]):
    line = a_line(inside, at_once=1, waiting=0)
    inside.go_on.set()
    for _ in range(3):
        with pytest.raises(ValueError, match="broken"):
            enter(line, fail=True).result(5)
    assert enter(line).result(5) == [b"served"]


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
    path = "/api/v1/identity/session"
    first = threads.submit(lambda: gateway.test_client().post(path, json={}).status_code)
    assert inside.acquire(timeout=5)
    second = threads.submit(
        lambda: gateway.test_client().post("/api/v1/identity/tokens", json={}).status_code
    )
    room = gateway.wsgi_app._room  # type: ignore[attr-defined]
    while room._value:  # the second stands in line when there is no place left
        threading.Event().wait(0.001)
    answer = gateway.test_client().post(path, json={})
    assert (answer.status_code, answer.json["code"]) == (503, "gateway.upstream.unavailable")
    assert 3 <= int(answer.headers["Retry-After"]) <= 10
    assert gateway.test_client().get("/livez").status_code == 200
    go_on.set()
    assert (first.result(5), second.result(5)) == (200, 200)


@pytest.mark.parametrize(
    ("environ", "line"),
    [({}, 80), ({"KAIKE_WEB_THREADS": "640"}, 512), ({"KAIKE_EDGE_SIGN_IN_LINE": "7"}, 7)],
)
def test_those_who_wait_leave_a_fifth_of_the_threads_to_everybody_else(environ: dict[str, str], line: int):
    assert EdgeSettings.from_env({"KAIKE_ENV": "test", **environ}).sign_in_line == line
