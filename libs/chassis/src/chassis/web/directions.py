"""What comes in and what only goes out are described apart in the API document.

What comes in says its bounds and which characters a text may have (`chassis.text`). Answers promise kinds of values,
no bounds: they are not held to the limits of forms, and what was kept before a rule may still break it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.text import LINE_PATTERN, LINES_PATTERN
from chassis.web.fields import TEXT_RULE

_PATTERNS = {"line": LINE_PATTERN, "lines": LINES_PATTERN}
_BOUNDS = ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum")
_REFERENCE = "#/components/schemas/"


def state_directions(spec: dict[str, Any]) -> None:
    """Replace the marks of `fields.String` in an OpenAPI document by patterns where they come in, and drop the bounds
    of what only goes out."""
    schemas: dict[str, Any] = spec.get("components", {}).get("schemas", {})
    requests = [part for operation in _operations(spec) for part in _request_parts(operation)]
    incoming = _reachable(requests, schemas)
    _state(requests, incoming=True)
    for name, schema in schemas.items():
        _state(schema, incoming=name in incoming)
        if name not in incoming:
            _drop_bounds(schema)
    _state(spec, incoming=False)


def _operations(spec: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for path in spec.get("paths", {}).values():
        yield from (operation for operation in path.values() if isinstance(operation, dict))


def _request_parts(operation: Mapping[str, Any]) -> Iterator[Any]:
    yield from (operation[name] for name in ("parameters", "requestBody") if name in operation)


def _reachable(parts: list[Any], schemas: Mapping[str, Any]) -> set[str]:
    """The names of the schemas that the parts refer to, directly or through others."""
    found: set[str] = set()
    todo = list(parts)
    while todo:
        for name in _references(todo.pop()):
            if name not in found and name in schemas:
                found.add(name)
                todo.append(schemas[name])
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.removeprefix(_REFERENCE)
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from _references(each)


def _state(node: Any, *, incoming: bool) -> None:
    if isinstance(node, dict):
        rule = node.pop(TEXT_RULE, None)
        if incoming and rule is not None and not {"pattern", "enum"} & node.keys():
            node["pattern"] = _PATTERNS[rule]
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            _state(each, incoming=incoming)


def _drop_bounds(node: Any) -> None:
    if isinstance(node, dict):
        for bound in _BOUNDS:
            if not isinstance(node.get(bound), dict):  # a property may be called so
                node.pop(bound, None)
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            _drop_bounds(each)
