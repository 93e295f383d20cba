"""One account speaking to the gateway as a program would: bearer tokens, renewed when they have run out; repeated
when told to; plain errors."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import urllib3

from suite.demo.failed import DemoFailed

LONGEST_WAIT = 60.0
_pool = urllib3.PoolManager(maxsize=32, retries=False, timeout=urllib3.Timeout(connect=5, read=60))


class Answer:
    """A response: its status, JSON body and headers."""

    def __init__(self, response: urllib3.BaseHTTPResponse) -> None:
        """The body is read at once."""
        self.status = response.status
        self.headers = response.headers
        self.content = response.data

    @property
    def json(self) -> Any:
        """The body as JSON; empty bodies are None."""
        return json.loads(self.content) if self.content else None


class Client:
    """Calls of one account. Paths are below /api/v1."""

    def __init__(self, address: str, token: str | None = None, *, refresh_token: str | None = None) -> None:
        """`address` is the gateway's, without a path."""
        self.address = address
        self.token = token
        self._refresh_token = refresh_token
        self._renewing = threading.Lock()

    def signed_in(self, **grant: str) -> "Client":
        """The same gateway, as the account that `grant` signs in."""
        tokens = self.post("/identity/tokens", grant)
        return Client(self.address, tokens["access_token"], refresh_token=tokens["refresh_token"])

    def get(self, path: str, **query: Any) -> Any:
        """GET, as JSON."""
        said = {name: value for name, value in query.items() if value is not None}
        return self.call("GET", path, fields=said or None).json

    def post(self, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Any:
        """POST JSON."""
        return self.call("POST", path, body=body, headers=headers).json

    def put(self, path: str, body: Any, *, version: int | None = None) -> Any:
        """PUT JSON, of the version that it edits."""
        headers = {} if version is None else {"If-Match": f'"v{version}"'}
        return self.call("PUT", path, body=body, headers=headers).json

    def upload(
        self,
        path: str,
        parts: dict[str, Any],
        *,
        headers: dict[str, str] | None = None,
        also: tuple[int, ...] = (),
    ) -> Any:
        """POST a multipart body; a part is a text or (file name, content, type)."""
        body, content_type = urllib3.encode_multipart_formdata(parts)
        said = {"Content-Type": content_type, **(headers or {})}
        return self.call("POST", path, raw=body, headers=said, also=also).json

    def call(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        raw: bytes | None = None,
        fields: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        also: tuple[int, ...] = (),
    ) -> Answer:
        """Send; repeat while told 503 with Retry-After, and once with a new token where the old one has run out; raise
        DemoFailed for any other error not in `also`.
        """
        said = dict(headers or {})
        content = raw
        if body is not None:
            content = json.dumps(body, ensure_ascii=False).encode()
            said["Content-Type"] = "application/json"
        elif method == "POST" and raw is None:
            content, said["Content-Type"] = b"{}", "application/json"
        url = path if path.startswith("http") else f"{self.address}/api/v1{path}"
        until = time.monotonic() + LONGEST_WAIT
        renewed = False
        while True:
            used = self.token
            if used:
                said["Authorization"] = f"Bearer {used}"
            answer = _sent(method, url, content, said, fields)
            if answer.status == 401 and not renewed and self._renew(used):
                renewed = True
                continue
            again = answer.headers.get("Retry-After")
            if answer.status != 503 or again is None or time.monotonic() > until:
                break
            pause(float(again))
        if answer.status >= 400 and answer.status not in also:
            raise DemoFailed(
                f"{method} {path}: {answer.status} {answer.content.decode(errors='replace')[:600]}"
            )
        return answer

    def _renew(self, used: str | None) -> bool:
        """Have another token than the `used` one; False when none is to be had. A refresh token works once, so of
        several threads one asks and the others take what it got.
        """
        if used is None or self._refresh_token is None:
            return False
        with self._renewing:
            if self.token == used:
                asked = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
                tokens = Client(self.address).post("/identity/tokens", asked)
                self.token, self._refresh_token = tokens["access_token"], tokens["refresh_token"]
        return True


def _sent(
    method: str, url: str, content: bytes | None, headers: dict[str, str], fields: dict[str, Any] | None
) -> Answer:
    if fields:
        url = f"{url}?{urlencode(fields)}"
    try:
        return Answer(_pool.request(method, url, body=content, headers=headers))
    except urllib3.exceptions.HTTPError as problem:
        raise DemoFailed(
            f"{url} does not answer ({type(problem).__name__}): is 'make run' running there?"
        ) from problem


def wait_for(what: str, look: Callable[[], Any], *, within: float = LONGEST_WAIT) -> Any:
    """Look again and again until `look` returns something; raise DemoFailed naming `what` when it never does."""
    until = time.monotonic() + within
    interval = 0.05
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > until:
            raise DemoFailed(f"waited {within:.0f} s for {what}, and it did not come")
        pause(interval)
        interval = min(interval * 1.5, 1.0)


def pause(seconds: float) -> None:
    """Let real time pass: a learner watches, or the other side asked for it."""
    threading.Event().wait(seconds)
