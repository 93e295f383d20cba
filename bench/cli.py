"""`kaike bench`."""

from __future__ import annotations

import importlib
from pathlib import Path

import click
from rich.console import Console

from bench import report
from bench.figures import BenchFailed, Figure
from bench.ground import ground
from bench.scale import FULL, QUICK

MEASURES = {
    "check-in": "bench.measures.check_in",
    "photo": "bench.measures.photo",
    "study": "bench.measures.study",
    "project": "bench.measures.project",
    "react": "bench.measures.react",
    "sign-in": "bench.measures.sign_in",
    "roster": "bench.measures.roster",
}
WIDE = 140
RESULTS = Path(__file__).parent / "results"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--only",
    multiple=True,
    metavar="NAME",
    type=click.Choice(list(MEASURES)),
    help=f"Measure only this; may be given more than once. One of {', '.join(MEASURES)}.",
)
@click.option("--quick", is_flag=True, help="Small counts, to see that it works; its figures mean nothing.")
@click.option(
    "--results",
    default=RESULTS,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the JSON with everything that was measured.  [default: bench/results]",
)
def main(only: tuple[str, ...], quick: bool, results: Path) -> None:
    """Measure the suite beside its floors, on a private PostgreSQL and RabbitMQ with their usual durability.

    Takes about ten minutes, and wants a machine that does nothing else. A bar that is missed is shown, and is no
    error: the exit code says only whether everything could be measured.
    """
    scale = QUICK if quick else FULL
    terminal = Console(highlight=False, soft_wrap=True)
    if not terminal.is_terminal:
        terminal.width = WIDE
    figures: list[Figure] = []
    with ground() as base:
        machine = report.machine(base)
        for name in only or MEASURES:
            terminal.print(f"[bold]{name}[/]")
            measure = importlib.import_module(MEASURES[name]).measure
            try:
                figures += measure(base, scale, lambda text: terminal.print(f"  {text}", style="dim"))
            except BenchFailed as problem:
                raise click.ClickException(f"{name}: {problem}") from problem
    terminal.print(report.table(figures, scale))
    written = report.write(figures, scale, machine, results)
    terminal.print(f"written: {written}")
