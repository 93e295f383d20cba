"""What is generated, and how it is written and compared."""

import os
from pathlib import Path
from typing import Any

from suite.parts import SERVICES

HEAD = "# Generated from the code by `make contracts`; `make check` compares it. Do not edit.\n"


def generate() -> list[str]:
    """Write every contract that is not as the code says; return their names. What nobody makes any more is removed."""
    folder = _folder()
    wanted = _all()
    changed = _differing(folder, wanted)
    for name in changed:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        else:
            path.unlink()
    return changed


def compare() -> list[str]:
    """The names of the committed contracts that are not as the code says."""
    return _differing(_folder(), _all())


def _differing(folder: Path, wanted: dict[str, str]) -> list[str]:
    there = {f"openapi/{path.name}" for path in (folder / "openapi").glob("*.yaml")}
    stale = there - set(wanted)
    different = {name for name, text in wanted.items() if _read(folder / name) != text}
    return sorted(stale | different)


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def _folder() -> Path:
    from chassis.contracts import contracts_folder

    return contracts_folder()


def _all() -> dict[str, str]:
    """Name below contracts/ → text."""
    from suite.contracts import apps, errors, events

    os.environ.setdefault("KAIKE_ENV", "test")
    made = {name: apps.make(name) for name in SERVICES}
    return {
        **{f"openapi/{name}.yaml": _yaml(apps.document_of(app)) for name, app in made.items()},
        "permissions.yaml": _yaml({name: apps.permissions_of(app) for name, app in made.items()}),
        "errors.yaml": _yaml(errors.registry()),
        **events.documents(),
    }


class _Dumper:
    """YAML as people write it: keys in our order, texts in several lines as blocks."""

    @staticmethod
    def dump(content: Any) -> str:
        import yaml

        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        text: str = yaml.dump(
            content, Dumper=dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
        )
        return text


def _yaml(content: Any) -> str:
    return HEAD + _Dumper.dump(content)
