"""When there is something to build, and what stays when that fails."""

from pathlib import Path

import pytest
from suite.pages import building, packages, stamp
from suite.pages.node import Node


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources whose build is a small program."""
    folder = tmp_path / "frontend"
    (folder / "src").mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "src" / "main.ts").write_text("1")
    builder = tmp_path / "builder"
    builder.write_text(
        '#!/bin/sh\ntest -f src/broken && { echo "error: src/broken"; exit 1; }\n'
        'test "$2" = build && mkdir -p dist.new && cp src/main.ts dist.new/index.html\nexit 0\n'
    )
    builder.chmod(0o755)
    monkeypatch.delenv("KAIKE_PAGES", raising=False)
    monkeypatch.setattr(building, "FRONTEND", folder)
    monkeypatch.setattr(packages, "installed", lambda _frontend: True)
    monkeypatch.setattr(
        building.nodes, "find", lambda: Node(program=str(builder), npm="npm", version="v24.0.0")
    )
    return folder


def nothing(_text: str) -> None:
    """Say nothing."""


def test_an_unchanged_tree_is_built_once(frontend: Path):
    assert building.build(nothing)
    assert (frontend / "dist" / "index.html").read_text() == "1"
    assert not building.build(nothing)
    assert building.build(nothing, force=True)


def test_a_change_is_built_and_replaces_the_old_pages_as_a_whole(frontend: Path):
    building.build(nothing)
    (frontend / "src" / "main.ts").write_text("2")
    (frontend / "dist" / "gone.js").write_text("old")
    assert building.build(nothing)
    assert (frontend / "dist" / "index.html").read_text() == "2"
    assert not (frontend / "dist" / "gone.js").exists()
    assert not list(frontend.glob("dist.*"))


def test_a_broken_source_is_one_sentence_and_the_last_build_stays(frontend: Path):
    building.build(nothing)
    (frontend / "src" / "broken").touch()
    with pytest.raises(building.PagesNotBuilt, match="src/broken"):
        building.build(nothing)
    assert (frontend / "dist" / "index.html").read_text() == "1"
    assert not stamp.says(frontend / "dist", stamp.of_sources(frontend, building.CONTRACTS))


def test_pages_built_elsewhere_are_left_alone(frontend: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAIKE_PAGES", "/somewhere")
    assert not building.build(nothing)
    assert not (frontend / "dist").exists()
