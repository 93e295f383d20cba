"""``kaike check`` and ``kaike test``: the same for people and for CI."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from rich.console import Console

ROOT = Path(__file__).resolve().parents[3]

AT_ONCE = 2

# The long ones first, since two run at once.
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("types", ("mypy",)),
    ("tree", ("pytest", "-q", "tests/tree", "-p", "no:cacheprovider")),
    ("contracts", ("kaike", "contracts", "--check")),
    ("walls", ("lint-imports", "--no-logo")),
    ("lint", ("ruff", "check", "--quiet", ".")),
    ("format", ("ruff", "format", "--check", "--quiet", ".")),
)


def check() -> int:
    """Run every step of ``make check``, print what fails, and return the exit code."""
    terminal = Console(highlight=False, soft_wrap=True)
    failed = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for step in as_completed([pool.submit(_run, name, command) for name, command in STEPS]):
            name, seconds, done = step.result()
            good = done.returncode == 0
            terminal.print(f"{'ok    ' if good else 'FAILED'} {name:10} {seconds:5.1f} s", markup=False)
            if not good:
                failed.append(name)
                terminal.print(done.stdout.strip(), done.stderr.strip(), sep="\n", markup=False)
    if failed:
        terminal.print(f"\nmake check failed at: {', '.join(failed)}", markup=False)
    return 1 if failed else 0


def _run(name: str, command: Sequence[str]) -> tuple[str, float, subprocess.CompletedProcess[str]]:
    began = time.monotonic()
    program = str(Path(sys.executable).parent / command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    return name, time.monotonic() - began, done


def test(arguments: Sequence[str]) -> int:
    """Find or start the real backends and build the pages, once; run pytest; return its exit code."""
    from suite import pages
    from suite.backends import ensure

    signal.signal(signal.SIGTERM, _leave)
    ensure()
    pages.build(print)
    with subprocess.Popen([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=os.environ) as running:
        try:
            return running.wait()
        except (KeyboardInterrupt, SystemExit):
            running.terminate()
            raise


def _leave(_sign: int, _frame: object) -> None:
    """Leave as after an error, so that the backends are stopped and their folders removed."""
    sys.exit(128 + signal.SIGTERM)
