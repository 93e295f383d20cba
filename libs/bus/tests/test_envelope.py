"""Events on the wire."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bus.contracts import examples_of
from bus.envelope import Event, decode, encode, latest, read
from bus.errors import SchemaBroken, UnknownEvent
from chassis.ids import new_id

NOW = datetime(2026, 11, 24, 5, 54, 35, 195356, tzinfo=UTC)
SACK = "mill.sack.ground.v1"


def event(**changes: Any) -> Event:
    given: dict[str, Any] = {
        "id": new_id(),
        "type": SACK,
        "source": "/kaike/mill",
        "subject": "cart",
        "time": NOW,
        "sequence": 3,
        "data": {"sack_id": str(new_id()), "number": 1, "wish": "grind"},
        "traceparent": None,
    }
    return Event(**{**given, **changes})


def test_what_is_encoded_is_decoded_again(contracts: Path) -> None:
    sent = event(traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
    assert decode(encode(sent)) == sent


def test_the_envelope_has_what_cloudevents_ask_for() -> None:
    envelope = json.loads(encode(event()))
    assert envelope["specversion"] == "1.0"
    assert envelope["time"] == "2026-11-24T05:54:35.195356Z"
    assert envelope["sequence"] == "3"
    assert envelope["dataschema"] == "urn:kaike:schema:mill.sack.ground.v1"
    assert "traceparent" not in envelope


def test_the_committed_examples_can_be_read(contracts: Path) -> None:
    (example,) = examples_of(SACK)
    found = decode(json.dumps(example))
    assert (found.sequence, found.data["number"], found.time) == (7, 7, NOW)


def test_unknown_members_are_ignored(contracts: Path) -> None:
    envelope = json.loads(encode(event()))
    envelope["somethingnew"] = "x"
    envelope["data"]["colour"] = "brown"
    assert decode(json.dumps(envelope)).data["colour"] == "brown"


@pytest.mark.parametrize(
    "broken",
    [
        {"specversion": "0.3"},
        {"id": "not a uuid"},
        {"id": 7},
        {"time": "yesterday"},
        {"sequence": None},
        {"type": ""},
        {"subject": 7},
        {"data": {"sack_id": "x", "number": 1, "wish": "grind"}},
        {"data": None},
    ],
)
def test_a_broken_envelope_says_so(contracts: Path, broken: dict[str, Any]) -> None:
    envelope = {**json.loads(encode(event())), **broken}
    with pytest.raises(SchemaBroken):
        decode(json.dumps(envelope))


@pytest.mark.parametrize("noise", [b"", b"\xff\xfe", b"[]", b"null", b'{"id": 1'])
def test_noise_is_broken_too(noise: bytes) -> None:
    with pytest.raises(SchemaBroken):
        decode(noise)


def test_what_is_wrong_with_the_data_is_said_without_the_data(contracts: Path) -> None:
    told = event(data={"sack_id": "Zhang San", "number": 1, "wish": "grind"})
    with pytest.raises(SchemaBroken) as error:
        decode(encode(told))
    assert str(error.value) == "mill.sack.ground.v1: data.sack_id breaks format"


def test_a_type_without_a_schema_is_unknown(contracts: Path) -> None:
    with pytest.raises(UnknownEvent):
        decode(encode(event(type="mill.sack.lost.v1")))


def test_a_missing_member_is_named() -> None:
    with pytest.raises(SchemaBroken, match="subject"):
        read({"specversion": "1.0", "id": str(new_id()), "type": SACK, "source": "/kaike/mill"})


def test_latest_keeps_the_newest_of_each_subject() -> None:
    first, second, other = event(sequence=1), event(sequence=2), event(subject="another cart", sequence=1)
    assert latest([second, first, other]) == [second, other]
