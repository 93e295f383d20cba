"""Texts that come in say which characters they may have, and every workbook that goes out is tried for formulas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CONTRACTS = sorted((ROOT / "contracts" / "openapi").glob("*.yaml"))
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOUND = {"pattern", "enum", "format", "const"}


def incoming_texts(node: Any, schemas: dict[str, Any], *, at: str, seen: frozenset[str]) -> Iterator[str]:
    """Where strings without a pattern, a list of values or a format stand."""
    if isinstance(node, dict):
        name = str(node.get("$ref", "")).rpartition("/")[2]
        if name in schemas and name not in seen:
            yield from incoming_texts(schemas[name], schemas, at=name, seen=seen | {name})
        kinds = node.get("type", [])
        if "string" in ([kinds] if isinstance(kinds, str) else kinds) and not BOUND & node.keys():
            yield at
        for key, inner in node.items():
            yield from incoming_texts(inner, schemas, at=f"{at}/{key}", seen=seen)
    elif isinstance(node, list):
        for inner in node:
            yield from incoming_texts(inner, schemas, at=at, seen=seen)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda path: path.stem)
def test_every_text_of_a_request_says_which_characters_it_may_have(contract: Path) -> None:
    spec = yaml.load(contract.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    schemas = spec["components"]["schemas"]
    unbound = set()
    for path, operations in spec["paths"].items():
        for operation in operations.values():
            if not isinstance(operation, dict):
                continue
            queries = [each for each in operation.get("parameters", []) if each["in"] == "query"]
            for part in (queries, operation.get("requestBody", {})):
                unbound |= set(incoming_texts(part, schemas, at=path, seen=frozenset()))
    assert unbound == set()


def test_every_service_that_gives_out_workbooks_tries_them_for_formulas() -> None:
    """The service's test names each operation that answers with one; here no service is forgotten."""
    giving = [path.stem for path in CONTRACTS if WORKBOOK in path.read_text("utf-8")]
    assert "classroom" in giving
    assert [
        name for name in giving if not (ROOT / "services" / name / "tests" / "test_workbooks.py").is_file()
    ] == []
