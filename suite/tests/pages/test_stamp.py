"""Pages are built again when anything has changed that goes into them, and only then."""

from pathlib import Path

import pytest
from suite.pages import stamp


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in {
        "frontend/package-lock.json": "{}",
        "frontend/src/main.ts": "1",
        "frontend/src/features/a/Page.vue": "2",
        "frontend/public/favicon.svg": "3",
        "contracts/identity.yaml": "4",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def of(tree: Path) -> str:
    return stamp.of_sources(tree / "frontend", tree / "contracts")


@pytest.mark.parametrize(
    "name",
    [
        "frontend/package-lock.json",
        "frontend/src/features/a/Page.vue",
        "frontend/src/new.ts",
        "frontend/public/favicon.svg",
        "contracts/identity.yaml",
    ],
)
def test_what_goes_into_the_pages_changes_the_stamp(tree: Path, name: str):
    before = of(tree)
    (tree / name).write_text("changed")
    assert of(tree) != before


def test_what_the_build_makes_itself_does_not(tree: Path):
    before = of(tree)
    (tree / "frontend/src/shared/api/generated").mkdir(parents=True)
    (tree / "frontend/src/shared/api/generated/identity.d.ts").write_text("types")
    (tree / "frontend/src/components.d.ts").write_text("types")
    (tree / "frontend/dist").mkdir()
    (tree / "frontend/dist/index.html").write_text("built")
    assert of(tree) == before


def test_a_renamed_file_is_a_change(tree: Path):
    before = of(tree)
    (tree / "frontend/src/main.ts").rename(tree / "frontend/src/other.ts")
    assert of(tree) != before


def test_a_build_remembers_what_it_was_made_from(tmp_path: Path):
    assert not stamp.says(tmp_path / "dist", "abc")
    stamp.leave(tmp_path, "abc")
    assert stamp.says(tmp_path, "abc")
    assert not stamp.says(tmp_path, "abd")
