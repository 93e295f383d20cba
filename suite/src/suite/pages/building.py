"""The steps from the sources to frontend/dist. Built beside it and moved at the end: nobody is served a half."""

import fcntl
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from suite.pages import node as nodes
from suite.pages import packages, stamp
from suite.pages.errors import PagesNotBuilt, explain
from suite.pages.node import ROOT, Node

__all__ = ["PagesNotBuilt", "build", "check"]

FRONTEND = ROOT / "frontend"
CONTRACTS = ROOT / "contracts" / "openapi"
QUIET_SECONDS = 10.0
Say = Callable[[str], None]


def build(say: Say, *, force: bool = False) -> bool:
    """Build the pages when their sources have changed since the last build; return whether anything was done.

    Nothing is built where ``KAIKE_PAGES`` names pages built elsewhere, or where there are no sources.

    Raises:
        PagesNotBuilt: a step failed; the last build, if there is one, stays in place.
    """
    if os.environ.get("KAIKE_PAGES") or not (FRONTEND / "package.json").is_file():
        return False
    dist = FRONTEND / "dist"
    if not force and stamp.says(dist, stamp.of_sources(FRONTEND, CONTRACTS)):
        return False
    with _alone(say):
        wanted = stamp.of_sources(FRONTEND, CONTRACTS)
        if not force and stamp.says(dist, wanted):
            return False  # another one built it meanwhile
        began = time.monotonic()
        node = _with_packages(say)
        fresh = FRONTEND / "dist.new"
        say("  pages: building")
        _node(node, "types", "scripts/types.mjs")
        _node(
            node,
            "build",
            "node_modules/vite/bin/vite.js",
            "build",
            "--logLevel",
            "warn",
            "--outDir",
            fresh.name,
            "--emptyOutDir",
        )
        _node(node, "compression", "scripts/compress.mjs", fresh.name)
        stamp.leave(fresh, wanted)
        _replace(dist, fresh)
        say(f"  pages: built [{time.monotonic() - began:.1f} s]")
    return True


def check(say: Say) -> None:
    """Types, lint and unit tests of the pages.

    Raises:
        PagesNotBuilt: a step found something; the text is what it said.
    """
    with _alone(say):
        node = _with_packages(say)
        _node(node, "types", "scripts/types.mjs")
    steps = (
        ("vue-tsc", ("node_modules/vue-tsc/bin/vue-tsc.js", "--noEmit")),
        ("eslint", ("node_modules/eslint/bin/eslint.js", ".")),
        ("vitest", ("node_modules/vitest/vitest.mjs", "run", "--passWithNoTests")),
    )
    for name, command in steps:
        began = time.monotonic()
        done = subprocess.run(
            [node.program, *command],
            cwd=FRONTEND,
            env=node.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PagesNotBuilt(f"{done.stdout.strip()}\n\nFAILED {name}")
        say(f"ok     {name:10} {time.monotonic() - began:5.1f} s")


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """Two that start at once must not install or build into the same folder."""
    with (FRONTEND / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  pages: waiting for another build")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _with_packages(say: Say) -> Node:
    """Node, with the locked packages in node_modules."""
    node = nodes.find()
    if not packages.installed(FRONTEND):
        say(
            f"  pages: fetching the locked packages with npm, Node {node.version} (once, half a minute or more)"
        )
        options = ("--no-audit", "--no-fund", "--fetch-retries=2", "--fetch-retry-mintimeout=2000")
        _run(node, "packages", [node.npm, "ci", *options], say)
    return node


def _node(node: Node, step: str, *arguments: str) -> None:
    _run(node, step, [node.program, *arguments], print)


def _run(node: Node, step: str, command: list[str], say: Say) -> None:
    """Run one step; show that it lives while it is silent, and explain its failure."""
    done = threading.Event()

    def tick() -> None:
        seconds = 0.0
        while not done.wait(QUIET_SECONDS):
            seconds += QUIET_SECONDS
            say(f"  pages: … {seconds:.0f} s")

    ticking = threading.Thread(target=tick, daemon=True)
    ticking.start()
    try:
        ended = subprocess.run(
            command,
            cwd=FRONTEND,
            env=node.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    finally:
        done.set()
        ticking.join()
    if ended.returncode != 0:
        raise explain(step, ended.stdout)


def _replace(dist: Path, fresh: Path) -> None:
    old = dist.with_name("dist.old")
    shutil.rmtree(old, ignore_errors=True)
    if dist.exists():
        dist.rename(old)
    fresh.rename(dist)
    shutil.rmtree(old, ignore_errors=True)
