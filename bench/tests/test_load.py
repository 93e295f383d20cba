"""The load generator, against a server of the test's own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench import load
from bench.figures import BenchFailed
from bench.load.plan import PlanRefused


class Server(BaseHTTPRequestHandler):
    """Answers 201 with what it got, 503 the first time to `/busy`, 500 to `/broken`."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen = self.server.seen
        seen.append((self.path, body, self.client_address[0]))
        busy = self.path == "/busy" and sum(path == "/busy" for path, _, _ in seen) == 1
        self.send_response(503 if busy else 500 if self.path == "/broken" else 201)
        if busy:
            self.send_header("Retry-After", "0.05")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format, *args):
        """No news."""


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.seen, server.daemon_threads = [], True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def a_plan(server, *paths, **given):
    requests = [load.Request("POST", path, {"X-Place": str(place)}, "b") for place, path in enumerate(paths)]
    said = {"host": "127.0.0.1", "port": server.server_address[1], "bodies": {"b": b"\x00\xff"}, "clients": 3}
    return load.Plan(requests=requests, **{**said, **given})


def test_every_request_is_sent_once_with_its_body(server):
    answers = load.send(a_plan(server, *(f"/{place}" for place in range(20))))
    assert sorted(server.seen) == sorted((f"/{place}", b"\x00\xff", "127.0.0.1") for place in range(20))
    assert answers.statuses == {"201": 20}
    assert len(answers.latencies) == 20
    assert answers.per_second > 0


def test_clients_come_from_the_addresses_that_they_are_given(server):
    load.send(a_plan(server, "/a", "/b", clients=2, sources=["127.0.0.2", "127.0.0.3"], connected=False))
    assert {address for _, _, address in server.seen} <= {"127.0.0.2", "127.0.0.3"}


def test_a_wrong_answer_is_told_and_nothing_is_measured(server):
    with pytest.raises(BenchFailed, match="/broken: 500"):
        load.send(a_plan(server, "/good", "/broken"))


def test_who_is_told_to_wait_is_sent_again_when_the_plan_says_so(server):
    answers = load.send(a_plan(server, "/busy", again=True))
    assert answers.statuses == {"503": 1, "201": 1}
    assert answers.latencies[0] >= 0.05
    server.seen.clear()
    with pytest.raises(BenchFailed, match="503"):
        load.send(a_plan(server, "/busy"))


def test_a_plan_that_cycles_ends_when_the_block_does(server):
    arrived = threading.Event()
    with load.beside(a_plan(server, "/on", clients=1, pace=0.005, cycle=True)) as sent:
        while len(server.seen) < 5:
            arrived.wait(0.01)
        with pytest.raises(BenchFailed, match="have not ended"):
            _ = sent.answers
    assert len(sent.answers.latencies) == len(server.seen) >= 5


@pytest.mark.parametrize(
    "given",
    [{"host": "192.0.2.1"}, {"sources": ["192.0.2.1"]}, {"clients": 0}, {"clients": 1001}, {"seconds": 121}],
    ids=str,
)
def test_what_a_generator_must_not_do_is_refused(server, given):
    with pytest.raises(PlanRefused):
        load.send(a_plan(server, "/a", **given))
