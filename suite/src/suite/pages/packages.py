"""Whether node_modules holds just what package-lock.json names."""

import json
from pathlib import Path
from typing import Any


def installed(frontend: Path) -> bool:
    """Compare the lock with npm's own note of what it installed, which it writes when it is done.

    Packages for other systems are optional and may be missing.
    """
    wanted = _packages(frontend / "package-lock.json")
    there = _packages(frontend / "node_modules" / ".package-lock.json")
    wanted.pop("", None)
    missing = {name for name, package in wanted.items() if name not in there and not package.get("optional")}
    other = {
        name
        for name, package in there.items()
        if package.get("version") != wanted.get(name, {}).get("version")
    }
    return bool(there) and not missing and not other


def _packages(path: Path) -> dict[str, dict[str, Any]]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["packages"])
    except (OSError, ValueError, KeyError):
        return {}
