"""Schemas, compiled once."""

from __future__ import annotations

from pathlib import Path

import pytest
from bus import contracts as schemas
from bus.errors import SchemaBroken, UnknownEvent
from chassis.ids import new_id


def test_all_types_with_a_schema_are_listed(contracts: Path) -> None:
    assert list(schemas.event_types()) == ["mill.sack.ground.v1", "mill.stone.changed.v1"]


@pytest.mark.parametrize(
    "name", ["sack", "mill.sack.ground", "Mill.sack.ground.v1", "mill.sack.ground.v0", "../x.v1"]
)
def test_a_name_of_another_form_is_refused(contracts: Path, name: str) -> None:
    with pytest.raises(UnknownEvent):
        schemas.schema_of(name)


def test_data_that_fit_pass(contracts: Path) -> None:
    schemas.check("mill.sack.ground.v1", {"sack_id": str(new_id()), "number": 0, "wish": "grind"})


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "data breaks required"),
        ({"sack_id": str(new_id()), "number": -1, "wish": "grind"}, "data.number breaks minimum"),
        ({"sack_id": str(new_id()), "number": True, "wish": "grind"}, "data.number breaks type"),
        ({"sack_id": str(new_id()), "number": 1, "wish": "sing"}, "data.wish breaks enum"),
        ([], "data breaks type"),
    ],
)
def test_data_that_do_not_fit_are_named_by_place(contracts: Path, data: object, place: str) -> None:
    with pytest.raises(SchemaBroken, match=place):
        schemas.check("mill.sack.ground.v1", data)


def test_a_second_check_compiles_nothing(contracts: Path) -> None:
    data = {"stone_id": str(new_id()), "speed": 1}
    schemas.check("mill.stone.changed.v1", data)
    (contracts / "events" / "mill.stone.changed.v1" / "schema.json").unlink()
    schemas.check("mill.stone.changed.v1", data)
