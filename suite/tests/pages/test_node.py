"""Which Node builds the pages."""

import sys
from pathlib import Path

import pytest
from suite.pages import node


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v18.20.4", False),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v24.19.0", True),
        ("", False),
        ("not found", False),
    ],
)
def test_it_is_as_new_as_vite_wants_it(version: str, good: bool):
    assert node.new_enough(version) is good


def program(folder: Path, name: str, says: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own, in which nothing is yet."""
    folder = tmp_path / "venv"
    monkeypatch.setattr(sys, "executable", str(folder / "python"))
    return folder


def test_the_systems_node_comes_first(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch):
    for folder, version in ((tmp_path / "system", "v22.20.0"), (own, "v24.1.0")):
        program(folder, "node", version)
        program(folder, "npm", "11")
    monkeypatch.setenv("PATH", f"{own}:{tmp_path / 'system'}")
    found = node.find()
    assert found.version == "v22.20.0"
    assert found.environment["PATH"].startswith(str(tmp_path / "system"))


@pytest.mark.parametrize(
    ("version", "npm"), [("v18.20.0", True), ("v22.20.0", False)], ids=["old", "without npm"]
)
def test_one_that_cannot_build_gives_way_to_the_one_from_pypi(
    tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch, version: str, npm: bool
):
    program(tmp_path / "system", "node", version)
    if npm:
        program(tmp_path / "system", "npm", "9")
    monkeypatch.setenv("PATH", str(tmp_path / "system"))

    def fetch() -> None:
        program(own, "node", "v24.1.0")
        program(own, "npm", "11")

    monkeypatch.setattr(node, "_fetch", fetch)
    assert node.find().program == str(own / "node")


def test_where_none_can_be_had_one_sentence_says_what_to_do(own: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(node, "_fetch", lambda: None)
    with pytest.raises(
        node.PagesNotBuilt, match=r"install Node, or name a folder of built pages in KAIKE_PAGES"
    ):
        node.find()
