"""OpenAPI 3.1 from the code: problem documents, permissions and keys of repetition in every operation."""

from __future__ import annotations

import inspect
from typing import Any

from flask import Flask
from flask_smorest import Api

from chassis.service import Service
from chassis.web import fields
from chassis.web.permissions import Permission, operation_of
from chassis.web.text_rules import state_text_rules

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


IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the version that is edited; 428 without it, 412 when it was changed meanwhile.",
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
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    app.extensions["kaike.api"] = api


def document(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of an app: operation ids, roles, the problem answer, the common headers."""
    spec: dict[str, Any] = app.extensions["kaike.api"].spec.to_dict()
    table: dict[str, Permission] = app.extensions["kaike.permissions"]
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
            operation_id = operation_of(app, rule.endpoint, method)
            found = spec["paths"].get(_openapi_path(str(rule)), {}).get(method.lower())
            if operation_id and found is not None:
                keyed = rule.endpoint not in app.extensions["kaike.autocommitting"]
                _finish(found, operation_id, table[operation_id], method, keyed=keyed)
                if _edits(app, rule.endpoint, method):
                    found.setdefault("parameters", []).append(IF_MATCH)
    state_text_rules(spec)
    return spec


def _edits(app: Flask, endpoint: str, method: str) -> bool:
    """Whether the function that answers asks for the version that is edited."""
    view = app.view_functions[endpoint]
    kind = getattr(view, "view_class", None)
    handler = inspect.unwrap(getattr(kind, method.lower()) if kind is not None else view)
    return "if_match" in handler.__code__.co_names


def _finish(
    operation: dict[str, Any], operation_id: str, permission: Permission, method: str, *, keyed: bool
) -> None:
    operation["operationId"] = operation_id
    operation["x-roles"] = ["*"] if permission.public else sorted(permission.roles) or ["any account"]
    operation["x-whose"] = str(permission.whose)
    operation["security"] = [] if permission.public else [{"bearer": []}]
    operation["responses"]["default"] = {
        "description": "Problem",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in [s for s in operation["responses"] if s.startswith("4") and s != "default"]:
        del operation["responses"][status]
    if method == "POST" and keyed and not permission.public:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": "Idempotency-Key",
                "required": False,
                "schema": {"type": "string", "maxLength": 200},
                "description": "Send again with the same key: the kept answer, nothing done twice.",
            }
        )


def _openapi_path(rule: str) -> str:
    parts = []
    for part in rule.split("/"):
        if part.startswith("<"):
            part = "{" + part.strip("<>").rpartition(":")[2] + "}"
        parts.append(part)
    return "/".join(parts)
