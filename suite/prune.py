"""Remove from an environment what the running services don't need: the image keeps the lock's runtime part only.

python suite/prune.py [EXTRA …] keeps Kaike's own requirements and those of its named extras, with all that they need.
"""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

KEPT_TOOLS = {"pip"}


def needed(name: str, extras: frozenset[str], found: dict[str, frozenset[str]]) -> None:
    """Collect a package and all that it needs, with the extras asked for, into ``found``."""
    name = canonicalize_name(name)
    seen = found.get(name)
    if seen is not None and extras <= seen:
        return
    found[name] = extras | (seen or frozenset())
    try:
        requirements = distribution(name).requires or []
    except PackageNotFoundError:
        return  # a requirement of another system or Python
    for text in requirements:
        wanted = Requirement(text)
        marks = [{"extra": extra} for extra in ("", *extras)]
        if wanted.marker is None or any(wanted.marker.evaluate(mark) for mark in marks):
            needed(wanted.name, frozenset(wanted.extras), found)


def main() -> None:
    """Uninstall what is installed and not needed."""
    found: dict[str, frozenset[str]] = {}
    needed("kaike", frozenset(sys.argv[1:]), found)
    there = {canonicalize_name(each.metadata["Name"]) for each in distributions()}
    surplus = sorted(there - set(found) - KEPT_TOOLS)
    if surplus:
        subprocess.run([sys.executable, "-m", "pip", "uninstall", "--quiet", "--yes", *surplus], check=True)
    print(f"kept {len(there) - len(surplus)} packages, removed {len(surplus)}")


if __name__ == "__main__":
    main()
