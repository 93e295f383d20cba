"""OpenAPI and permissions, from each service's app; no database is touched."""

import tempfile
from pathlib import Path
from typing import Any

from chassis.config import Settings
from chassis.service import load
from chassis.web import build_app
from chassis.web.openapi import document
from chassis.web.permissions import operations
from flask import Flask

from suite.parts import DOORS, variable


def make(name: str) -> Flask:
    """The service's app on a database that is never opened."""
    nowhere = Path(tempfile.gettempdir()) / "kaike-contracts"
    environ = {
        "KAIKE_ENV": "test",
        "KAIKE_SECRET": "not a secret: nothing is signed here",
        "KAIKE_VAR": str(nowhere),
        "DATABASE_URL": "sqlite://",
        **{f"KAIKE_URL_{variable(door)}": "http://127.0.0.1:9" for door in DOORS},
    }
    return build_app(load(name), Settings.from_env(name, environ), check_head=False)


def document_of(app: Flask) -> dict[str, Any]:
    """The OpenAPI document, with paths in order so that the file only changes where the code did."""
    made = document(app)
    made["paths"] = {path: _sorted_methods(made["paths"][path]) for path in sorted(made["paths"])}
    schemas = made.get("components", {}).get("schemas", {})
    if schemas:
        made["components"]["schemas"] = {name: schemas[name] for name in sorted(schemas)}
    return _plain(made)  # type: ignore[no-any-return]


def _sorted_methods(item: dict[str, Any]) -> dict[str, Any]:
    return {method: item[method] for method in sorted(item)}


def _plain(value: Any) -> Any:
    """Only what YAML knows: subclasses of dict, list and str become these themselves."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return value


def permissions_of(app: Flask) -> dict[str, Any]:
    """Operation → its requests, who may call it, and whose objects it reaches."""
    places = operations(app)
    told: dict[str, Any] = {}
    for name, permission in sorted(app.extensions["kaike.permissions"].items()):
        told[name] = {
            "requests": [f"{method} {path}" for method, path in sorted(places.get(name, []))],
            "roles": ["everybody"] if permission.public else sorted(permission.roles) or ["any account"],
            "whose": str(permission.whose),
        }
    return told
