"""Bad bodies, tried on every operation that takes JSON: each must be told as a problem, none may break anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from chassis.testing.callers import Tester
from chassis.testing.permissions import every_role, fill, stranger
from chassis.web.openapi import document
from chassis.web.permissions import Permission, operations

TEN_MEGABYTES = b'{"x": "' + b"x" * 10_000_000 + b'"}'


def takes_json(app: Flask, operation: str) -> bool:
    """Whether the operation's document names a JSON body."""
    for method, rule in operations(app)[operation]:
        for path, described in document(app)["paths"].items():
            found = described.get(method.lower(), {})
            if found.get("operationId") == operation and path.count("{") == rule.count("<"):
                return "application/json" in found.get("requestBody", {}).get("content", {})
    return False


def check_bad_bodies(tester: Tester, app: Flask, operation: str) -> None:
    """Send broken JSON, other types, foreign fields and ten megabytes; expect 400, 422, 422 and 413."""
    if not takes_json(app, operation):
        return
    permission: Permission = app.extensions["kaike.permissions"][operation]
    role = min(permission.roles or every_role())
    caller = tester.anonymous if permission.public else tester.as_(stranger(role))
    for method, rule in operations(app)[operation]:

        def send(data: bytes, method: str = method, rule: str = rule) -> TestResponse:
            headers = {"If-Match": '"v1"'}
            return caller.call(
                method, fill(rule, {}), data=data, content_type="application/json", headers=headers
            )

        _expect(send(b'{"name": "'), {400}, operation, "broken JSON")
        _expect(send(b"\xff\xfe{}"), {400}, operation, "bytes that are no UTF-8")
        for body in (b"[1, 2]", b'"text"', b"7", b"null"):
            _expect(send(body), {422}, operation, f"the body {body.decode()}")
        foreign = _expect(send(b'{"no_such_field": 1}'), {422}, operation, "a foreign field")
        assert any(e["field"] == "/no_such_field" for e in foreign["errors"]), f"{operation}: {foreign}"
        _expect(send(TEN_MEGABYTES), {413}, operation, "ten megabytes")


def _expect(response: TestResponse, statuses: set[int], operation: str, what: str) -> Mapping[str, Any]:
    said = response.get_data(as_text=True)
    assert response.status_code in statuses, f"{operation}, {what}: {response.status_code} {said[:300]}"
    assert response.content_type == "application/problem+json", (
        f"{operation}, {what}: {response.content_type}"
    )
    problem: Mapping[str, Any] = response.json  # type: ignore[assignment]
    assert problem["code"], f"{operation}, {what}: {said[:300]}"
    assert problem["next_step"], f"{operation}, {what}: {said[:300]}"
    return problem
