"""npm is asked to install only when node_modules is not what the lock says."""

import json
from pathlib import Path

import pytest
from suite.pages.packages import installed

LOCKED = {
    "": {"name": "kaike-pages"},
    "node_modules/vue": {"version": "3.5.0"},
    "node_modules/vite": {"version": "8.0.0", "dev": True},
    "node_modules/fsevents": {"version": "2.3.3", "optional": True},
}


@pytest.fixture
def frontend(tmp_path: Path) -> Path:
    (tmp_path / "package-lock.json").write_text(json.dumps({"packages": LOCKED}))
    return tmp_path


def note(frontend: Path, **packages: str) -> None:
    folder = frontend / "node_modules"
    folder.mkdir(exist_ok=True)
    said = {f"node_modules/{name}": {"version": version} for name, version in packages.items()}
    (folder / ".package-lock.json").write_text(json.dumps({"packages": said}))


def test_nothing_is_installed_at_first(frontend: Path):
    assert not installed(frontend)


def test_what_is_optional_may_be_missing(frontend: Path):
    note(frontend, vue="3.5.0", vite="8.0.0")
    assert installed(frontend)


@pytest.mark.parametrize(
    "packages",
    [
        {"vue": "3.5.0"},
        {"vue": "3.4.0", "vite": "8.0.0"},
        {"vue": "3.5.0", "vite": "8.0.0", "left-over": "1.0.0"},
    ],
    ids=["missing", "other version", "left over"],
)
def test_another_set_of_packages_is_not_the_locked_one(frontend: Path, packages: dict[str, str]):
    note(frontend, **packages)
    assert not installed(frontend)


def test_a_broken_note_counts_as_nothing(frontend: Path):
    (frontend / "node_modules").mkdir()
    (frontend / "node_modules" / ".package-lock.json").write_text("{")
    assert not installed(frontend)
