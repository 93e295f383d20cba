"""The promises between who signs a paper and who reads it: contracts/papers/<typ>/schema.json and examples."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import fastjsonschema
from joserfc.jws import extract_compact

from chassis.contracts import contracts_folder

FORMATS = {"uuid": r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"}


def paper_schema(typ: str) -> dict[str, Any]:
    """The JSON schema of this paper's claims."""
    text = (contracts_folder() / "papers" / typ / "schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def paper_examples(typ: str) -> dict[str, dict[str, Any]]:
    """Name → claims of each committed example, every one held to the schema."""
    found = sorted((contracts_folder() / "papers" / typ / "examples").glob("*.json"))
    examples = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in found}
    assert examples, f"the paper {typ} has no example"
    for claims in examples.values():
        _check(typ, claims)
    return examples


def check_paper(token: str, *, typ: str, lifetime: str = "x-lifetime-seconds") -> dict[str, Any]:
    """Hold a freshly signed paper to its schema, and return its claims. `lifetime` names the schema's lifetime.

    An issuer writes exactly what is promised: the kind, the lifetime, and no claim more or less. (A reader
    ignores claims that it does not know.) The signature is not looked at.
    """
    signed = extract_compact(token.encode())
    assert signed.headers()["typ"] == typ
    claims: dict[str, Any] = json.loads(signed.payload)
    _check(typ, claims)
    schema = paper_schema(typ)
    assert set(claims) == set(schema["properties"])
    assert claims["exp"] - claims["nbf"] == schema[lifetime]
    return claims


def _check(typ: str, claims: dict[str, Any]) -> None:
    try:
        _validator(typ)(claims)
    except fastjsonschema.JsonSchemaValueException as error:
        raise AssertionError(f"{typ}: {error.message}") from error


@lru_cache
def _validator(typ: str) -> Any:
    return fastjsonschema.compile(paper_schema(typ), formats=FORMATS, use_default=False)
