"""The door of a running suite under attack: nothing of ours fails, and nobody else notices."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from types import TracebackType
from typing import Any

import pytest
import urllib3
from suite.demo.client import Client, wait_for
from suite.running.accounts import demo_accounts
from suite.testing.fuzz import Hostile, hostile_requests, statuses_of
from suite.testing.running import RunningSuite, running_suite

SEED, COUNT, MANY = 8, 3000, 40_000
STALLED, LARGE = 40, 6_000_000


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSuite]:
    """A suite of this module's own, with a page of one line."""
    folder = tmp_path_factory.mktemp("door")
    (folder / "index.html").write_text("<title>page</title>")
    clean = dict.fromkeys(["AMQP_URL", "S3_BUCKET", "KAIKE_ENV", "DATABASE_URL"], "")
    with running_suite(folder / "var", {**clean, "KAIKE_PAGES": str(folder)}) as running:
        yield running


@pytest.fixture(scope="module")
def links(door: RunningSuite) -> tuple[str, str]:
    """The links of two accounts to one video of six megabytes."""
    platform, registrar = (signed_in(door, login) for login in ("platform", "registrar"))
    lesson = (resources.files("catalog.demo") / "lesson-1.mp4").read_bytes()
    video = lesson + struct.pack(">I4s", LARGE, b"free") + bytes(LARGE - 8)
    upload = platform.post("/catalog/uploads", {"name": "video.mp4", "size": len(video), "kind": "video"})
    headers = {"Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    said = platform.call("PATCH", f"/catalog/uploads/{upload['id']}", raw=video, headers=headers).json
    medium = f"/catalog/media/{said['media_id']}"
    wait_for("the video to be judged", lambda: platform.get(medium)["state"] == "ready")
    return platform.post(f"{medium}/link")["url"], registrar.post(f"{medium}/link")["url"]


def signed_in(suite: RunningSuite, login: str) -> Client:
    account = next(each for each in demo_accounts() if each["login"] == login)
    return Client(suite.url).signed_in(grant_type="password", login=login, password=account["password"])


class Bystander:
    """Somebody who goes on working meanwhile: signs in, asks who they are, reads, sends a photo, watches."""

    def __init__(self, suite: RunningSuite, link: str) -> None:
        self._url, self._link, self._stop = suite.url, link, threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.rounds = threading.Semaphore(0)

    def __enter__(self) -> Bystander:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(120)

    def works_on(self, rounds: int = 3) -> None:
        """Wait for so many rounds of work that ended from now on."""
        while self.rounds.acquire(blocking=False):
            pass
        for _ in range(rounds):
            assert self.rounds.acquire(timeout=60), self.statuses

    def _work(self) -> None:
        account = next(each for each in demo_accounts() if each["login"] == "registrar")
        said = {"grant_type": "password", "login": account["login"], "password": account["password"]}
        with urllib3.PoolManager(retries=False, timeout=30) as browser:
            while not self._stop.is_set():
                answer = browser.request("POST", f"{self._url}/api/v1/identity/tokens", json=said)
                self.statuses["tokens", answer.status] += 1
                token = answer.json().get("access_token", "")
                bearer = {"Authorization": f"Bearer {token}"}
                for path in ("identity/session", "catalog/courses", "classroom/classes"):
                    answer = browser.request("GET", f"{self._url}/api/v1/{path}", headers=bearer)
                    self.statuses[path, answer.status] += 1
                photo = f"{self._url}/api/v1/supervision/photos"
                answer = browser.request("POST", photo, body=b"x" * 1_500_000, headers=bearer)
                # Supervision itself has seen it: a registrar hands in none.
                self.statuses["photo", answer.status if answer.status != 403 else 200] += 1
                answer = browser.request("GET", f"{self._url}{self._link}")
                self.statuses["video", answer.status if len(answer.data) > LARGE else 0] += 1
                self.rounds.release()
                self._stop.wait(0.2)


def troubles_of(suite: RunningSuite) -> list[str]:
    """The lines of all logs that tell of a fault of ours."""
    marks = ("Traceback", '"unhandled"', '"level": "error"', " ERROR ", "Error handling request")
    return [
        f"{file.name}: {line[:2000]}"
        for file in sorted((suite.folder / "log").glob("*.log"))
        for line in file.read_text(errors="replace").splitlines()
        if any(mark in line for mark in marks)
    ]


def attack(suite: RunningSuite, *, seed: int, count: int) -> Counter[int]:
    """Send them all, eight at a time; those that stall stay until the end."""
    statuses: Counter[int] = Counter()
    with contextlib.ExitStack() as held, ThreadPoolExecutor(8) as attackers:
        asked: list[Any] = []
        for hostile in hostile_requests(seed, count):
            if hostile.stalls:
                client = held.enter_context(socket.create_connection(("127.0.0.1", suite.port), timeout=30))
                with contextlib.suppress(ConnectionError):
                    client.sendall(b"".join(hostile.pieces))
            else:
                asked.append(attackers.submit(statuses_of, hostile, suite.port))
        for each in asked:
            statuses.update(each.result())
    return statuses


@pytest.mark.parametrize(
    ("seed", "count"), [(SEED, COUNT), pytest.param(SEED + 1, MANY, marks=pytest.mark.heavy)]
)
def test_hostile_requests_meet_no_fault_of_ours_and_harm_nobody(
    door: RunningSuite, links: tuple[str, str], seed: int, count: int
):
    with Bystander(door, links[1]) as bystander:
        statuses = attack(door, seed=seed, count=count)
        bystander.works_on()
    assert {status for status in statuses if status >= 500} == set(), statuses
    assert statuses[400] > count // 20
    assert {status for _, status in bystander.statuses} == {200}, bystander.statuses
    assert troubles_of(door) == []


HALF = {
    "sign-in": b"POST /api/v1/identity/session HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n{",
    "sign-in by another path": b"POST //api/v1//identity/session HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n",
    "photos": b"POST /api/v1/supervision/photos HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\nx",
    "chunked photos": b"POST /api/v1/supervision/photos HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nfffff\r\nx",
    "heads": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "readers of a video": b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n",
    "readers of a large file": b"GET /docs/assets/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("half", HALF)
def test_forty_clients_that_stop_halfway_leave_everybody_else_working(
    door: RunningSuite, links: tuple[str, str], half: str
):
    with contextlib.ExitStack() as held, Bystander(door, links[1]) as bystander:
        for _ in range(STALLED):
            client = held.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=30))
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(HALF[half].replace(b"%s", links[0].encode()))
        bystander.works_on()
    assert {status for _, status in bystander.statuses} == {200}, bystander.statuses
    assert troubles_of(door) == []


def test_eight_hundred_half_sent_heads_leave_everybody_else_working(
    door: RunningSuite, links: tuple[str, str]
):
    with contextlib.ExitStack() as held, Bystander(door, links[1]) as bystander:
        for _ in range(800):
            client = held.enter_context(socket.create_connection(("127.0.0.1", door.port), timeout=30))
            client.sendall(HALF["heads"])
        bystander.works_on()
    assert {status for _, status in bystander.statuses} == {200}, bystander.statuses


SIGN_IN = b"POST /api/v1/identity/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = SIGN_IN + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "request_",
    [
        *(
            CHUNKED + size + b"\r\n{}\r\n0\r\n\r\n"
            for size in (b"-2", b"0x2", b"+2", b"0_2", b" 2", b"", b"g")
        ),
        *(CHUNKED + size + b"\r\n{}\r\n0\r\n\r\n" for size in (b"2;a=\r", b"2;", b"2" * 9000, b"F" * 17)),
        CHUNKED + b"2\r\n{}0\r\n\r\n",
        CHUNKED + b"2\r\n{}\r\n0\r\nContent-Length: 2\r\n\r\n",
        CHUNKED + b"2\r\n{}\r\n0\r\nno colon\r\n\r\n",
        CHUNKED + b"2\r\n{}\r\n0\r\n" + b"X: y\r\n" * 300 + b"\r\n",
        SIGN_IN + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        SIGN_IN + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
        SIGN_IN + b"Content-Length: +2\r\n\r\n{}",
        SIGN_IN + b"Transfer-Encoding: x\r\n\r\n",
    ],
)
def test_a_malformed_body_is_refused_with_one_line_in_the_log(door: RunningSuite, request_: bytes):
    log = door.folder / "log" / "gateway-web.log"
    before = len(log.read_text().splitlines())
    statuses = statuses_of(Hostile(pieces=(request_,), stalls=False), door.port)
    assert statuses == [400]
    assert len(log.read_text().splitlines()) == before + 1
    assert troubles_of(door) == []


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (SIGN_IN + b"Content-Length: 70000\r\n\r\n", 413),
        (b"POST /api/v1/supervision/photos HTTP/1.1\r\nHost: x\r\nContent-Length: 70000000\r\n\r\n", 413),
        (b"POST /api/v1/nobody HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n", 404),
    ],
)
def test_what_is_refused_before_its_body_was_read_says_that_the_connection_closes(
    door: RunningSuite, request_: bytes, status: int
):
    with socket.create_connection(("127.0.0.1", door.port), timeout=30) as client:
        client.sendall(request_)
        head = client.recv(65536).partition(b"\r\n\r\n")[0]
        assert head.startswith(b"HTTP/1.1 %d " % status)
        assert b"\r\nConnection: close" in head
        assert b"keep-alive" not in head
        while client.recv(65536):
            pass
