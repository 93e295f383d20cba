"""The demo's programs: what they do when a token has run out."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from suite.demo.client import Client
from suite.demo.failed import DemoFailed

THREADS = 4


class Gateway(ThreadingHTTPServer):
    """Knows one access token at a time. The first is out of date, and each refresh token works once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.good = 1
        self.renewals = 0
        self.lock = threading.Lock()
        self.together = threading.Barrier(THREADS)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(BaseHTTPRequestHandler):
    server: Gateway

    def do_GET(self) -> None:
        if self.headers["Authorization"] == f"Bearer access-{self.server.good}":
            return self._say(200, {"is": "here"})
        self.server.together.wait(10)  # all have been refused before one asks for a new token
        return self._say(401, {"code": "auth.sign_in_needed"})

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.renewals += 1
            wanted = {"grant_type": "refresh_token", "refresh_token": f"refresh-{self.server.good - 1}"}
            if self.path != "/api/v1/identity/tokens" or said != wanted:
                return self._say(401, {"code": "identity.refresh.refused"})
            granted = {
                "access_token": f"access-{self.server.good}",
                "refresh_token": f"refresh-{self.server.good}",
            }
        return self._say(200, granted)

    def _say(self, status: int, body: dict[str, str]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def gateway():
    with Gateway() as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server
        server.shutdown()
        serving.join()


def test_a_token_that_has_run_out_is_renewed_once_for_all_threads(gateway):
    client = Client(gateway.address, "access-0", refresh_token="refresh-0")
    with ThreadPoolExecutor(THREADS) as pool:
        told = list(pool.map(lambda _: client.get("/classes"), range(THREADS)))
    assert told == [{"is": "here"}] * THREADS
    assert gateway.renewals == 1


def test_who_cannot_renew_is_told(gateway):
    gateway.together = threading.Barrier(1)
    with pytest.raises(DemoFailed, match="GET /classes: 401"):
        Client(gateway.address, "access-0").get("/classes")
    with pytest.raises(DemoFailed, match="refused"):
        Client(gateway.address, "access-0", refresh_token="refresh-of-yesterday").get("/classes")
