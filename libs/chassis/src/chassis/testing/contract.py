"""Every answer that a test sees is held to the service's own OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import fastjsonschema
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from chassis.web.openapi import document
from chassis.web.permissions import operation_of


class Contract:
    """The document of one app, compiled when it is first needed."""

    def __init__(self, app: Flask) -> None:
        """`app` as build_app made it."""
        self._app = app
        self._document = document(app)
        self._operations = {
            operation["operationId"]: operation
            for path in self._document["paths"].values()
            for operation in path.values()
            if isinstance(operation, dict) and "operationId" in operation
        }
        self._validators: dict[tuple[str, str, str], Callable[[Any], Any]] = {}

    def check(self, method: str, path: str, response: TestResponse) -> None:
        """Fail unless the answer's status, kind of content and body are documented. A fault of ours (500) is not ours
        to judge here: tests that make one say so."""
        operation_id = self._operation_id(method, path)
        if operation_id is None or response.status_code == 500:
            return
        answer = self._answer(operation_id, str(response.status_code))
        kinds, kind = answer.get("content", {}), response.mimetype or ""
        if method == "HEAD" or not (kinds or response.data):
            return
        assert not kinds or kind in kinds or _family(kind) in kinds, (
            f"{operation_id}: {response.status_code} answers {kind}, documented are {sorted(kinds)}"
        )
        if kind.endswith("json") and "schema" in kinds.get(kind, {}):
            key = (operation_id, str(response.status_code), kind)
            if key not in self._validators:
                self._validators[key] = self._compile(kinds[kind]["schema"])
            try:
                self._validators[key](response.json)
            except fastjsonschema.JsonSchemaException as wrong:
                raise AssertionError(
                    f"{operation_id}: {response.status_code} is not as documented: {wrong}"
                ) from wrong

    def _operation_id(self, method: str, path: str) -> str | None:
        try:
            endpoint, _ = self._app.url_map.bind("localhost").match(path, method)
        except (HTTPException, RequestRedirect):
            return None
        found = operation_of(self._app, endpoint, method)
        return found if found in self._operations else None

    def _answer(self, operation_id: str, status: str) -> dict[str, Any]:
        answers = self._operations[operation_id]["responses"]
        assert status in answers, f"{operation_id}: {status} is not documented, only {sorted(answers)}"
        answer: dict[str, Any] = answers[status]
        name = answer.get("$ref", "").rpartition("/")[2]
        return self._document["components"]["responses"][name] if name else answer

    def _compile(self, schema: dict[str, Any]) -> Callable[[Any], Any]:
        whole = {"allOf": [schema], "components": self._document["components"]}
        compiled: Callable[[Any], Any] = fastjsonschema.compile(whole)
        return compiled


def _family(mimetype: str) -> str:
    return mimetype.partition("/")[0] + "/*"


def contract_of(app: Flask) -> Contract:
    """The app's contract, made once."""
    found: Contract | None = app.extensions.get("kaike.testing.contract")
    if found is None:
        found = app.extensions["kaike.testing.contract"] = Contract(app)
    return found
