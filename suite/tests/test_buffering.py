"""The web process of a part: slow clients hold none of its threads, and what it refuses is said plainly."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from suite.backends.process import free_port

APP = """
import sys
from pathlib import Path
from suite import buffering
from suite.parts import Door
from suite.web import WebServer

def app(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/early":
        start_response("413 Content Too Large", [("Content-Length", "0")])
        return [b""]
    body = environ["wsgi.input"].read()
    sizes = {"/large": 3_000_000}
    answer = b"x" * sizes.get(path, 0) or environ["REQUEST_METHOD"].encode() + b" " + body
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer]

def create_app():
    return app

if __name__ == "__main__":
    for setting in sys.argv[2:]:
        name, _, value = setting.partition("=")
        setattr(buffering, name, float(value))
    sys.path.insert(0, str(Path(__file__).parent))
    WebServer(Door(name="tried", module="tried", threads=2), bind=sys.argv[1], workers=1).run()
"""


class Tried:
    """A running web process with two threads."""

    def __init__(self, folder: Path, *settings: str, files: int | None = None) -> None:
        (folder / "tried.py").write_text(APP)
        self.port = free_port()
        self.log = folder / "log"
        command = [sys.executable, str(folder / "tried.py"), f"127.0.0.1:{self.port}", *settings]
        if files:
            command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh", *command]
        with self.log.open("wb") as log:
            environment = {**os.environ, "KAIKE_WEB_THREADS": "2"}
            self.process = subprocess.Popen(command, stderr=log, stdout=log, env=environment)
        while True:
            with contextlib.suppress(OSError):
                self.connect().close()
                return
            assert self.process.poll() is None, self.log.read_text()

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def asked(self, request: bytes, path: str = "/") -> bytes:
        with self.connect() as client:
            client.sendall(request)
            return all_of(client)

    def answers(self) -> bool:
        return self.asked(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").endswith(b"GET ")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def all_of(client: socket.socket) -> bytes:
    """Everything until the other end closes."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := client.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    server = Tried(tmp_path_factory.mktemp("tried"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tried]:
    """With little patience."""
    settings = ("HEAD_SECONDS=0.1", "BODY_SECONDS=0.1", "STALLED_SECONDS=0.3", "LINGER_SECONDS=30")
    server = Tried(tmp_path_factory.mktemp("hasty"), *settings)
    yield server
    server.stop()


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n{",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\nExpect: 100-continue\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nx",
    ],
    ids=["nothing", "head", "body", "half a body", "waits for 100", "chunk"],
)
def test_forty_clients_that_stop_hold_none_of_two_threads(tried: Tried, half: bytes):
    with contextlib.ExitStack() as held:
        for _ in range(40):
            held.enter_context(tried.connect()).sendall(half)
        assert all(tried.answers() for _ in range(5))


def test_clients_that_do_not_close_after_their_answer_stop_nobody(hasty: Tried):
    with contextlib.ExitStack() as held:
        for _ in range(10):
            client = held.enter_context(hasty.connect())
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert all_of(client).endswith(b"GET ")
        assert hasty.answers()


def test_a_request_that_comes_byte_by_byte_is_answered(tried: Tried):
    with tried.connect() as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc":
            client.sendall(bytes([byte]))
        assert all_of(client).endswith(b"POST abc")


def test_requests_sent_at_once_on_one_connection_are_answered_in_their_order(tried: Tried):
    first = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"
    last = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n"
    said = tried.asked(first + last)
    assert said.index(b"POST a") < said.index(b"POST b")


def test_who_waits_to_be_told_to_go_on_is_told_once(tried: Tried):
    with tried.connect() as client:
        head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
        client.sendall(head)
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        assert all_of(client).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("half", "waiting_for"),
    [
        (b"GET / HTTP/1.1\r\nHost", "head"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n{", "body"),
    ],
)
def test_who_does_not_send_its_request_in_time_is_told_with_one_line_in_the_log(
    hasty: Tried, half: bytes, waiting_for: str
):
    before = len(hasty.log.read_text().splitlines())
    said = hasty.asked(half)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert json.loads(said.partition(b"\r\n\r\n")[2])["code"] == "http.too_slow"
    lines = hasty.log.read_text().splitlines()[before:]
    assert len(lines) == 1
    assert f"waiting_for={waiting_for}" in lines[0].replace("'", "")


def test_who_does_not_take_its_answer_is_ended_with_one_line_in_the_log(hasty: Tried):
    before = len(hasty.log.read_text().splitlines())
    with hasty.connect() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        deadline = time.monotonic() + 20
        while len(hasty.log.read_text().splitlines()) == before and time.monotonic() < deadline:
            hasty.answers()
    [line] = hasty.log.read_text().splitlines()[before:]
    assert "client_too_slow" in line


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        (b"GET / HTTP/1.1\nHost: x\n\n", 400, "http.unreadable"),
        (b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400, "http.unreadable"),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400, "http.unreadable"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "http.unreadable"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400, "http.unreadable"),
        (b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na", 400, "http.unreadable"),
        (b"POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na", 400, "http.unreadable"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "http.unreadable",
        ),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: nonsense\r\n\r\n", 400, "http.unreadable"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 400, "http.unreadable"),
        (b"GET / HTTP/1.1\r\nExpect: wonders\r\n\r\n", 400, "http.unreadable"),
        (b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "http.address_too_long"),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431, "http.head_too_large"),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000, 431, "http.head_too_large"),
    ],
)
def test_a_head_that_cannot_be_read_is_answered_with_a_problem_document_and_closed(
    tried: Tried, request_: bytes, status: int, code: str
):
    head, _, body = tried.asked(request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Connection: close" in head
    assert json.loads(body)["code"] == code
    assert "Traceback" not in tried.log.read_text()


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n",
        b"POST /early HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n",
    ],
)
def test_an_answer_before_the_body_was_read_says_that_the_connection_closes(tried: Tried, request_: bytes):
    head = tried.asked(request_).partition(b"\r\n\r\n")[0]
    assert head.startswith(b"HTTP/1.1 413 ")
    assert b"Connection: close" in head
    assert b"keep-alive" not in head


def test_an_answer_after_the_whole_body_keeps_the_connection(tried: Tried):
    with tried.connect() as client:
        for _ in range(3):
            client.sendall(b"POST /early HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            assert b"keep-alive" in client.recv(65536)


def test_where_files_run_out_those_that_wait_make_room_and_the_process_goes_on(tmp_path: Path):
    server = Tried(tmp_path, files=600)
    try:
        with contextlib.ExitStack() as held:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    held.enter_context(server.connect()).sendall(b"GET / HTTP/1.1\r\n")
            assert server.answers()
        assert "Traceback" not in server.log.read_text()
    finally:
        server.stop()
