"""Looking at the repository itself: which files belong to it, and what they import and call."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from suite.parts import SERVICES

ROOT = Path(__file__).resolve().parents[4]


@cache
def files() -> tuple[Path, ...]:
    """All files of the repository as git sees them (committed or not yet), without what .gitignore names."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*, tests: bool = True) -> Iterator[Path]:
    """The Python files, without migrations; without tests when they are not wanted."""
    for path in files():
        if path.suffix == ".py" and "migrations" not in path.parts and (tests or not is_test(path)):
            yield path


def is_test(path: Path) -> bool:
    """Whether a file belongs to tests and not to the product."""
    return "tests" in path.parts or path.name == "conftest.py"


def shown(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports(path: Path) -> Iterator[str]:
    """The full names of what a file imports, at any depth of its code."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def calls(path: Path, method: str) -> Iterator[int]:
    """The lines on which ``….method(…)`` is called."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node.lineno


def service_folder(service: str) -> Path:
    """Where a service's package lies."""
    return ROOT / "services" / service / "src" / service


def service_of(path: Path) -> str | None:
    """The service whose product code a file belongs to."""
    for service in SERVICES:
        if path.is_relative_to(service_folder(service)):
            return service
    return None
