"""Calling an app as somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from chassis import clock
from chassis.testing.contract import contract_of
from chassis.testing.papers import TestIssuer
from chassis.web.auth import Actor


class Caller:
    """One account calling the app. `caller.post(path, json=…)`; extra headers by `headers=`."""

    def __init__(self, app: Flask, headers: Callable[[], dict[str, str]], around: Callable[[], None]) -> None:
        """`headers` are asked for at each call; `around` runs before and after it."""
        self._app = app
        self._client = app.test_client(use_cookies=False)
        self._headers = headers
        self._around = around

    def call(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **kwargs: Any
    ) -> TestResponse:
        """Send one request, and hold the answer to the service's contract."""
        self._around()
        response = self._client.open(
            path, method=method, buffered=True, headers={**self._headers(), **(headers or {})}, **kwargs
        )
        response.request.environ["wsgi.input"].close()  # a large upload lies in a temporary file
        self._around()
        contract_of(self._app).check(method, response.request.path, response)
        return response

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """GET."""
        return self.call("GET", path, **kwargs)

    def post(self, path: str, **kwargs: Any) -> TestResponse:
        """POST."""
        return self.call("POST", path, **kwargs)

    def put(self, path: str, **kwargs: Any) -> TestResponse:
        """PUT."""
        return self.call("PUT", path, **kwargs)

    def patch(self, path: str, **kwargs: Any) -> TestResponse:
        """PATCH."""
        return self.call("PATCH", path, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> TestResponse:
        """DELETE."""
        return self.call("DELETE", path, **kwargs)


class Tester:
    """Makes callers: `client.as_(actor)`, `client.anonymous`."""

    __test__ = False

    def __init__(self, app: Flask, issuer: TestIssuer, around: Callable[[], None] = lambda: None) -> None:
        """`around` flushes and expires the test's own session, so that both sides see the same rows."""
        self.app = app
        self._issuer = issuer
        self._around = around

    def as_(self, actor: Actor) -> Caller:
        """Calls of this account, with a fresh token each time."""

        def headers() -> dict[str, str]:
            return {"Authorization": f"Bearer {self._issuer.access_token(actor, now=clock.now())}"}

        return Caller(self.app, headers, self._around)

    @property
    def anonymous(self) -> Caller:
        """Calls of nobody."""
        return Caller(self.app, dict, self._around)
