"""What a run leaves."""

import dataclasses
import io
import json

import pytest
from rich.console import Console

from bench import report
from bench.figures import Bar, Figure
from bench.scale import FULL, QUICK

FIGURES = [
    Figure(
        name="study",
        title="study reports",
        value=400.0,
        unit="/s",
        floor=1000.0,
        floor_title="one INSERT",
        bar=Bar(limit=0.35),
    ),
    Figure(name="roster", title="import", value=0.61, unit="s", bar=Bar(limit=0.5, least=False)),
]


@pytest.mark.parametrize(("scale", "kept"), [(FULL, True), (QUICK, False)], ids=["full", "quick"])
def test_only_a_full_run_is_the_latest(tmp_path, scale, kept):
    file = report.write(FIGURES, scale, {"processors": 2}, tmp_path)
    said = json.loads(file.read_text())
    assert [(each["name"], each["ratio"], each["met"]) for each in said["figures"]] == [
        ("study", 0.4, True),
        ("roster", None, False),
    ]
    assert said["scale"] == dataclasses.asdict(scale)
    assert (tmp_path / "latest.json").exists() is kept


def test_the_table_has_each_measure_with_its_floor_ratio_and_bar():
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(report.table(FIGURES, FULL))
    first, second = (line for line in console.export_text().splitlines() if line.startswith("│"))
    assert [cell.strip() for cell in first.strip("│").split("│")] == [
        "study reports",
        "400/s",
        "one INSERT",
        "1,000/s",
        "0.40",
        "≥ 0.35",
        "yes",
    ]
    assert [cell.strip() for cell in second.strip("│").split("│")][1] == "0.61 s"
    assert second.rstrip("│ ").endswith("no")
