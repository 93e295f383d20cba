"""Whether the pages must be built again: a hash over everything that goes into them."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

NAME = ".stamp"
# Made by the build itself, from what is hashed already.
MADE = {"generated", "components.d.ts"}
FILES = ("package.json", "package-lock.json", "index.html", "vite.config.ts", "tsconfig.json")
FOLDERS = ("src", "public", "scripts")


def of_sources(frontend: Path, contracts: Path) -> str:
    """The hash of the sources, the locked packages and the contracts that the types are made from."""
    files = [frontend / name for name in FILES]
    for folder in FOLDERS:
        files += _below(frontend / folder)
    return _hash((*files, *sorted(contracts.glob("*.yaml"))))


def says(folder: Path, stamp: str) -> bool:
    """Whether ``folder`` was made from what ``stamp`` is the hash of."""
    try:
        return (folder / NAME).read_text(encoding="ascii") == stamp
    except OSError:
        return False


def leave(folder: Path, stamp: str) -> None:
    """Note what ``folder`` was made from."""
    (folder / NAME).write_text(stamp, encoding="ascii")


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not MADE & set(path.relative_to(folder).parts):
            yield path


def _hash(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        if path.is_file():
            digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
