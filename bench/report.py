"""The table for people and the JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from chassis import clock
from rich.table import Table

from bench.figures import Figure
from bench.ground import Ground
from bench.scale import Scale

SMALL = 64 * 1024


def machine(ground: Ground) -> dict[str, Any]:
    """Where and on what it is measured."""
    return {
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load_before": [round(each, 2) for each in os.getloadavg()],
        "python": platform.python_version(),
        "postgres": ground.scalar("floors", "SHOW server_version"),
        "fsync": ground.scalar("floors", "SHOW fsync"),
        "synchronous_commit": ground.scalar("floors", "SHOW synchronous_commit"),
    }


def table(figures: Sequence[Figure], scale: Scale) -> Table:
    """Each measure beside its floor, their ratio, the bar, and whether it is met."""
    title = "quick: these figures mean nothing" if scale.quick else f"median of {scale.rounds} rounds"
    made = Table(title=title, title_justify="left")
    for heading in ("measure", "", "floor", "", "ratio", "bar", "met"):
        made.add_column(heading, justify="left" if heading in ("measure", "floor") else "right")
    for each in figures:
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        made.add_row(
            each.title,
            shown(each.value, each.unit),
            each.floor_title,
            "" if each.floor is None else shown(each.floor, each.unit),
            ratio,
            each.bar.shown() + ("" if ratio and each.judged else f" {each.unit}"),
            "yes" if each.met else "[bold red]no[/]",
        )
    return made


def shown(value: float, unit: str) -> str:
    """A figure with three digits or all before the point."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".replace(" /s", "/s")


def write(figures: Sequence[Figure], scale: Scale, machine: dict[str, Any], folder: Path) -> Path:
    """Write everything that was measured under the time of the run; a full run that is small is also latest.json."""
    moment = clock.now()
    said = {
        "at": moment.isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": machine,
        "scale": asdict(scale),
        "figures": [each.as_json() for each in figures],
    }
    text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{moment:%Y%m%dT%H%M%SZ}{'-quick' if scale.quick else ''}.json"
    file.write_text(text, encoding="utf-8")
    if not scale.quick and len(text) < SMALL:
        (folder / "latest.json").write_text(text, encoding="utf-8")
    return file


def _commit() -> str | None:
    """The commit that is measured, marked when files differ from it; None outside a checkout."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return said.stdout.strip() or None
