"""``kaike check`` and ``kaike test``: the same for people and for CI."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).resolve().parents[3]

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
    ("types", ("mypy",)),
    ("walls", ("lint-imports", "--no-logo")),
    ("contracts", ("kaike", "contracts", "--check")),
    ("tree", ("pytest", "-q", "tests/tree", "-p", "no:cacheprovider")),
)


def check() -> int:
    """Run every step of ``make check``, print what fails, and return the exit code."""
    terminal = Console(highlight=False)
    failed = []
    for name, command in STEPS:
        began = time.monotonic()
        program = str(Path(sys.executable).parent / command[0])
        done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
        good = done.returncode == 0
        terminal.print(
            f"{'ok    ' if good else 'FAILED'} {name:10} {time.monotonic() - began:5.1f} s", markup=False
        )
        if not good:
            failed.append(name)
            terminal.print(done.stdout.strip(), done.stderr.strip(), sep="\n", markup=False, soft_wrap=True)
    if failed:
        terminal.print(f"\nmake check failed at: {', '.join(failed)}", markup=False)
    return len(failed) and 1


def test(arguments: Sequence[str]) -> int:
    """Find or start the real backends once, run pytest with ``arguments``, and return its exit code."""
    from suite.backends import ensure

    signal.signal(signal.SIGTERM, _leave)
    ensure()
    with subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=os.environ) as running:
        try:
            return running.wait()
        except (KeyboardInterrupt, SystemExit):
            running.terminate()
            raise


def _leave(_sign: int, _frame: object) -> None:
    """Leave as after an error, so that the backends are stopped and their folders removed."""
    sys.exit(128 + signal.SIGTERM)
