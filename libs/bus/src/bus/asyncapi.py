"""contracts/asyncapi.yaml: every event with its schema, who sends it and which queues take it (AsyncAPI 3)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from bus.contracts import event_types, examples_of, schema_of
from bus.topology import EXCHANGE, Topology

_HEAD = (
    "# Generated from contracts/events/ and the services' consumers by `make contracts`; compared in CI.\n"
)

_ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 in JSON; `sequence` is the place among all announcements of the aggregate.",
    "required": ["specversion", "id", "source", "type", "subject", "time", "sequence", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "format": "uuid"},
        "source": {"type": "string", "examples": ["/kaike/classroom"]},
        "type": {"type": "string"},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"type": "string", "format": "uri"},
        "traceparent": {"type": "string", "description": "W3C trace context of what caused it."},
        "sequence": {"type": ["string", "integer"]},
    },
}


def document(topology: Topology, folder: Path | None = None) -> dict[str, Any]:
    """The document as plain data. `folder` is the contracts folder."""
    types = list(event_types(folder))
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Kaike's inner bus",
            "version": "1",
            "description": (
                f"One topic exchange, {EXCHANGE}; the routing key is the event's type. "
                "Consumers ignore members that they do not know. A breaking change is a new version beside the old."
            ),
        },
        "defaultContentType": "application/cloudevents+json",
        "channels": {each: _channel(each) for each in types},
        "operations": _operations(types, topology),
        "components": {
            "messages": {each: _message(each, folder) for each in types},
            "schemas": {"envelope": _ENVELOPE, **{each: _data(each, folder) for each in types}},
        },
    }


def render(topology: Topology, folder: Path | None = None) -> str:
    """The text of contracts/asyncapi.yaml."""
    return _HEAD + yaml.dump(
        document(topology, folder), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110
    )


class _Plain(yaml.SafeDumper):
    """No anchors: every place is written out."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _channel(event_type: str) -> dict[str, Any]:
    return {
        "address": event_type,
        "messages": {event_type: {"$ref": f"#/components/messages/{event_type}"}},
    }


def _message(event_type: str, folder: Path | None) -> dict[str, Any]:
    schema = schema_of(event_type, folder)
    message: dict[str, Any] = {
        "name": event_type,
        "title": schema.get("title", event_type),
        "contentType": "application/cloudevents+json",
        "payload": {
            "allOf": [
                {"$ref": "#/components/schemas/envelope"},
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": event_type},
                        "data": {"$ref": f"#/components/schemas/{event_type}"},
                    },
                },
            ]
        },
    }
    examples = examples_of(event_type, folder)
    if examples:
        message["examples"] = [{"payload": example} for example in examples]
    return message


def _operations(types: list[str], topology: Topology) -> dict[str, Any]:
    operations: dict[str, Any] = {}
    for event_type in types:
        owner = event_type.partition(".")[0]
        operations[f"{owner} announces {event_type}"] = _operation("send", event_type)
        for queue in topology.bound(event_type):
            operations[f"{queue} takes {event_type}"] = _operation("receive", event_type)
    return {_identifier(name): operation for name, operation in operations.items()}


def _operation(action: str, event_type: str) -> dict[str, Any]:
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{event_type}"},
        "messages": [{"$ref": f"#/channels/{event_type}/messages/{event_type}"}],
    }


def _identifier(name: str) -> str:
    return name.replace(" ", "-")


def _data(event_type: str, folder: Path | None) -> dict[str, Any]:
    """The schema as a part of this document: its inner references are moved, its own heading is left out."""
    schema = schema_of(event_type, folder)
    kept = {name: value for name, value in schema.items() if name not in {"$schema", "$id"}}
    moved: dict[str, Any] = _moved(kept, f"#/components/schemas/{event_type}")
    return moved


def _moved(value: Any, root: str) -> Any:
    if isinstance(value, Mapping):
        return {
            name: root + inner[1:]
            if name == "$ref" and isinstance(inner, str) and inner.startswith("#")
            else _moved(inner, root)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_moved(inner, root) for inner in value]
    return value
