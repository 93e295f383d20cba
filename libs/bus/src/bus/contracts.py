"""The promises between services: contracts/events/<type>/schema.json, compiled once per process."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import fastjsonschema
from chassis.contracts import contracts_folder

from bus.errors import SchemaBroken, UnknownEvent

TYPE = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*\.[a-z][a-z_]*\.v[1-9][0-9]*")
"""`service.subject.past_tense_action.vN`, for example classroom.class.graduated.v1."""

FORMATS = {"uuid": r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}


def event_types(folder: Path | None = None) -> Iterator[str]:
    """All types that have a schema, in order of their names."""
    events = (folder or contracts_folder()) / "events"
    yield from sorted(path.parent.name for path in events.glob("*/schema.json"))


def schema_of(event_type: str, folder: Path | None = None) -> dict[str, Any]:
    """The JSON schema of this type's data. Raises UnknownEvent."""
    if not TYPE.fullmatch(event_type):
        raise UnknownEvent(f"{event_type!r} is not a name like service.subject.past_tense_action.v1")
    path = (folder or contracts_folder()) / "events" / event_type / "schema.json"
    try:
        schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UnknownEvent(f"{event_type} has no schema at {path}") from None
    return schema


def examples_of(event_type: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """The example envelopes of this type."""
    where = (folder or contracts_folder()) / "events" / event_type / "examples"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(where.glob("*.json"))]


def check(event_type: str, data: object) -> None:
    """Raise SchemaBroken, naming the place, unless `data` fits the schema of its type."""
    try:
        _validator(str(contracts_folder()), event_type)(data)
    except fastjsonschema.JsonSchemaValueException as error:
        # The message names the place and the rule but never the value: it may be somebody's name.
        raise SchemaBroken(f"{event_type}: {error.name} breaks {error.rule}") from None


@lru_cache(maxsize=512)
def _validator(folder: str, event_type: str) -> Callable[[object], object]:
    schema = schema_of(event_type, Path(folder))
    compiled: Callable[[object], object] = fastjsonschema.compile(schema, formats=FORMATS, use_default=False)
    return compiled
