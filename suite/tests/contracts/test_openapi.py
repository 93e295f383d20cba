"""What the API's contract says of each field: a client's types are made from it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from chassis.contracts import contracts_folder
from suite.parts import SERVICES

FREE = {"value"}  # of a problem's errors: whatever was sent


def properties(schema: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property of a schema and of what is inside it, with its place."""
    if isinstance(schema, dict):
        for name, said in schema.get("properties", {}).items():
            yield f"{place}/{name}", said
        for name, said in schema.items():
            yield from properties(said, f"{place}/{name}")
    elif isinstance(schema, list):
        for said in schema:
            yield from properties(said, place)


@pytest.mark.parametrize("service", SERVICES)
def test_every_field_has_a_type(service: str) -> None:
    document = yaml.safe_load(
        (contracts_folder() / "openapi" / f"{service}.yaml").read_text(encoding="utf-8")
    )
    found = list(properties(document["components"]["schemas"]))
    silent = [
        place
        for place, said in found
        if not {"type", "$ref", "anyOf", "oneOf", "allOf", "enum"} & said.keys()
        and place.rpartition("/")[2] not in FREE
    ]
    assert len(found) > 20
    assert silent == []


def test_days_moments_and_amounts_are_told_apart() -> None:
    document = yaml.safe_load((contracts_folder() / "openapi" / "billing.yaml").read_text(encoding="utf-8"))
    agreement = document["components"]["schemas"]["NewAgreement"]["properties"]
    assert agreement["valid_from"] == {"type": "string", "format": "date"}
    pattern = agreement["per_head_fee"]["pattern"]
    assert all(re.search(pattern, text) for text in ("75.00", "0.20", "-3.00"))
    assert not any(re.search(pattern, text) for text in ("75", "75.0", "075.00", "1e3"))
