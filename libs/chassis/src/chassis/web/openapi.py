"""OpenAPI 3.1 from the code: problem documents, permissions and keys of repetition in every operation."""

from __future__ import annotations

import copy
from typing import Any

from flask import Flask
from flask_smorest import Api

from chassis.service import Service
from chassis.web import fields
from chassis.web.auth import SAFE
from chassis.web.directions import state_directions
from chassis.web.permissions import Permission, operation_of

PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem document; `code` is one of contracts/errors.yaml.",
    "required": ["type", "title", "status", "code", "detail", "next_step"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "next_step": {"type": "string"},
        "request_id": {"type": ["string", "null"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string", "description": "JSON pointer into the request"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "value": {},
                    "row": {"type": "integer"},
                    "column": {"type": "string"},
                },
            },
        },
    },
}


REFUSALS = {
    400: "Cannot be read",
    401: "Nobody is signed in",
    403: "The account has not the role, or another site's page sent it",
    404: "Does not exist, or is not the caller's",
    409: "Conflicts with the state, or somebody else was first",
    410: "Its time is over",
    412: "Changed meanwhile",
    413: "Too large",
    415: "Not a kind of content that is taken",
    422: "Breaks a rule; nothing was done",
    428: "Names no version",
    429: "Too often",
    503: "Not possible just now",
}
"""What each status says, once for all operations."""

_RETRY_AFTER = {
    "Retry-After": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 0}}
}


def spec_options(service: Service) -> dict[str, Any]:
    """flask-smorest's settings."""
    return {
        "API_TITLE": service.title or f"Kaike {service.name}",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
    }


def document_fields(api: Api) -> None:
    """Say what our own fields are on the wire; before any blueprint is registered."""
    api.register_field(fields.Moment, "string", "date-time")
    api.register_field(fields.Day, "string", "date")
    api.register_field(fields.Money, "string", None)


def describe(app: Flask, api: Api) -> None:
    """Prepare the document; `document` finishes it when somebody asks for it."""
    api.spec.components.schema("Problem", PROBLEM)
    for status, meaning in REFUSALS.items():
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        headers = {"headers": _RETRY_AFTER} if status in (429, 503) else {}
        api.spec.components.response(
            f"Refusal{status}", {"description": meaning, **headers, "content": content}
        )
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    app.extensions["kaike.api"] = api


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of an app: operation ids, roles, refusals, the common headers. Each call makes its own."""
    spec: dict[str, Any] = copy.deepcopy(app.extensions["kaike.api"].spec.to_dict())
    table: dict[str, Permission] = app.extensions["kaike.permissions"]
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            operation_id = operation_of(app, rule.endpoint, method)
            operation = spec["paths"].get(_openapi_path(str(rule)), {}).get(method.lower())
            if operation_id and operation is not None:
                view = _handler(app, rule.endpoint, method)
                _describe_caller(operation, operation_id, table[operation_id])
                _describe_headers(
                    operation, view, keyed=_is_keyed(app, rule.endpoint, method, table[operation_id])
                )
                _describe_query(operation)
                _describe_body(operation, spec["components"]["schemas"])
                statuses = _refusals(operation, view, method, table[operation_id], named=bool(rule.arguments))
                _describe_refusals(operation, statuses)
    state_directions(spec)
    return spec


def _handler(app: Flask, endpoint: str, method: str) -> Any:
    view = app.view_functions[endpoint]
    kind = getattr(view, "view_class", None)
    return getattr(kind, method.lower()) if kind is not None else view


def _is_keyed(app: Flask, endpoint: str, method: str, permission: Permission) -> bool:
    return (
        method == "POST" and not permission.public and endpoint not in app.extensions["kaike.autocommitting"]
    )


def _describe_caller(operation: dict[str, Any], operation_id: str, permission: Permission) -> None:
    operation["operationId"] = operation_id
    operation["x-roles"] = ["*"] if permission.public else sorted(permission.roles) or ["any account"]
    operation["x-whose"] = str(permission.whose)
    operation["security"] = [] if permission.public else [{"bearer": []}]


def _describe_headers(operation: dict[str, Any], view: Any, *, keyed: bool) -> None:
    if keyed:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
                "description": "Send again with the same key: the kept answer, nothing done twice.",
            }
        )
    edits = getattr(view, "kaike_if_match", None)
    if edits is not None:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "If-Match",
                "required": edits == "required",
                "schema": {"type": "string"},
                "description": "The ETag of the version that is edited; 412 when it was changed meanwhile.",
            }
        )


def _describe_query(operation: dict[str, Any]) -> None:
    """A query has no null: a parameter that says nothing is left out."""
    for parameter in operation.get("parameters", []):
        if parameter["in"] != "query":
            continue
        schema = parameter["schema"]
        if isinstance(schema.get("type"), list):
            schema["type"] = next(kind for kind in schema["type"] if kind != "null")
        if "enum" in schema:
            schema["enum"] = [value for value in schema["enum"] if value is not None]
        if schema.get("default", ...) is None:
            del schema["default"]


def _describe_body(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """A body of which nothing is required may be left out."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        if name:
            operation["requestBody"]["required"] = bool(schemas[name].get("required"))


def _refusals(
    operation: dict[str, Any], view: Any, method: str, permission: Permission, *, named: bool
) -> set[int]:
    """The statuses of refusal that an operation's permission, method, parameters and marks tell."""
    statuses = {422, 503} | set(getattr(view, "kaike_refuses", ()))
    if not permission.public:
        statuses |= {401, 403, 409}  # 409: the request names another account than its token's
    if method not in SAFE:
        statuses |= {400, 403, 409, 413}
    if "requestBody" in operation:
        statuses.add(415)
    if named:
        statuses.add(404)
    headers = {p["name"]: p["required"] for p in operation.get("parameters", []) if p["in"] == "header"}
    if "If-Match" in headers:
        statuses |= {412, 428} if headers["If-Match"] else {412}
    if "Kaike-Ticket" in headers:
        statuses |= {404, 410}
    return statuses


def _describe_refusals(operation: dict[str, Any], statuses: set[int]) -> None:
    answers = {status: about for status, about in operation["responses"].items() if status[0] in "123"}
    for status in sorted(statuses):
        answers[str(status)] = {"$ref": f"#/components/responses/Refusal{status}"}
    operation["responses"] = answers


def _openapi_path(rule: str) -> str:
    parts = []
    for part in rule.split("/"):
        if part.startswith("<"):
            part = "{" + part.strip("<>").rpartition(":")[2] + "}"
        parts.append(part)
    return "/".join(parts)
