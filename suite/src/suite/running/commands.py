"""What one terminal asks of the suite that another one runs."""

import fcntl
import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from suite.running import control


def stop(folder: Path) -> None:
    """End the suite that runs on ``folder`` and wait until nothing of it is left."""
    control.ask(folder, "stop")
    # All processes of the suite hold this lock as long as they live.
    descriptor = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)
    click.echo("Stopped.")


def restart(folder: Path, name: str) -> None:
    """Start one part anew and wait until it is ready."""
    said = control.ask(folder, "restart", name=name)
    if "error" in said:
        raise click.ClickException(said["error"])
    for process in said["processes"]:
        click.echo(f"{process['name']} {process['kind']}: process {process['pid']}")


def status(folder: Path) -> None:
    """Print the processes and their memory."""
    said = control.ask(folder, "status")
    table = Table("part", "kind", "process", "restarts", "MB (PSS)")
    for process in said["processes"]:
        numbers = [process["pid"] or "-", process["restarts"], process["pss_kib"] // 1024]
        table.add_row(process["name"], process["kind"], *(str(number) for number in numbers))
    total = sum(process["pss_kib"] for process in said["processes"]) // 1024
    table.add_row("", "", str(said["pid"]), "", str(total))
    Console().print(table)
    click.echo("ready" if said["ready"] else "not ready yet")
