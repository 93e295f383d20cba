"""Events and their wire form: a CloudEvents 1.0 JSON envelope."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bus import contracts
from bus.errors import SchemaBroken

CONTENT_TYPE = "application/cloudevents+json"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, kw_only=True)
class Event:
    """One fact, or one subject's present state, as a handler receives it."""

    id: UUID
    type: str
    source: str
    """The service that announced it, for example /kaike/classroom."""
    subject: str
    time: datetime
    sequence: int
    """The place among all announcements of its aggregate; of two states of one subject the greater is newer."""
    data: Mapping[str, Any]
    traceparent: str | None = None


def encode(event: Event) -> str:
    """The envelope as JSON text."""
    envelope = {
        "specversion": "1.0",
        "id": str(event.id),
        "source": event.source,
        "type": event.type,
        "subject": event.subject,
        "time": event.time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"urn:kaike:schema:{event.type}",
        "sequence": str(event.sequence),  # the extension is a string in CloudEvents
        "data": event.data,
    }
    if event.traceparent:
        envelope["traceparent"] = event.traceparent
    return _ENCODER.encode(envelope)


def decode(body: bytes | str) -> Event:
    """Read an envelope and hold its data to the schema of its type. Raises SchemaBroken, or UnknownEvent."""
    try:
        envelope = json.loads(body)
    except ValueError as error:
        raise SchemaBroken(f"not JSON: {type(error).__name__}") from None
    event = read(envelope)
    contracts.check(event.type, event.data)
    return event


def read(envelope: object) -> Event:
    """An Event from a decoded envelope; the data are not looked at. Raises SchemaBroken."""
    if not isinstance(envelope, dict) or envelope.get("specversion") != "1.0":
        raise SchemaBroken("not a CloudEvents 1.0 envelope")
    try:
        return Event(
            id=UUID(envelope["id"]),
            type=_text(envelope, "type"),
            source=_text(envelope, "source"),
            subject=_text(envelope, "subject"),
            time=datetime.fromisoformat(_text(envelope, "time")),
            sequence=int(envelope["sequence"]),
            data=envelope["data"],
            traceparent=envelope.get("traceparent"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SchemaBroken(f"envelope: {type(error).__name__} {error}") from None


def latest(events: Iterable[Event]) -> list[Event]:
    """Of several states of one subject only the newest, for a projection that upserts many rows at once."""
    newest: dict[tuple[str, str, str], Event] = {}
    for event in events:
        key = (event.source, event.type, event.subject)
        if key not in newest or newest[key].sequence < event.sequence:
            newest[key] = event
    return list(newest.values())


def _text(envelope: Mapping[str, Any], name: str) -> str:
    value = envelope[name]
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is not text")
    return value
