"""A whole suite, started as users start it, for tests."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from suite.backends.process import free_port
from suite.running import control
from suite.running.readiness import is_ready

KAIKE = str(Path(sys.executable).parent / "kaike")
START_SECONDS = 120.0
STOP_SECONDS = 60.0


class NotAsPromised(AssertionError):
    """The suite did not start, stop or come back as it should."""


class RunningSuite:
    """``kaike run`` as a process of its own, on a free port and a ``var/`` of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Start it and wait until it says that it is ready."""
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "KAIKE_VAR": str(folder),
            "KAIKE_PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self.start()

    def start(self) -> None:
        """Start it (again) and wait until it is ready; ``seconds`` then says how long that took."""
        began = time.monotonic()
        self.said: list[str] = []
        self.popen = subprocess.Popen(
            [KAIKE, "run"],
            cwd=self.folder.parent,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        ready = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(ready,), daemon=True)
        self._reader.start()
        if not ready.wait(START_SECONDS) or self.popen.poll() is not None:
            self.kill()
            raise NotAsPromised("the suite did not become ready:\n" + "".join(self.said) + self.logs())
        self.seconds = time.monotonic() - began

    def _read(self, ready: threading.Event) -> None:
        assert self.popen.stdout is not None
        with self.popen.stdout as output:
            for line in output:
                self.said.append(line)
                if line.startswith("ready"):
                    ready.set()
        ready.set()

    def command(self, *arguments: str, seconds: float = 600) -> subprocess.CompletedProcess[str]:
        """Run another ``kaike`` command against it."""
        return subprocess.run(
            [KAIKE, *arguments],
            cwd=self.folder.parent,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )

    def processes(self) -> dict[tuple[str, str], dict[str, Any]]:
        """What it says of its processes: (part, kind) → process id, restarts and memory."""
        try:
            said = control.ask(self.folder, "status")
        except control.NotRunning as problem:
            raise NotAsPromised(f"{problem} ({self.popen.poll()}):\n" + "".join(self.said[-30:])) from problem
        return {(each["name"], each["kind"]): each for each in said["processes"]}

    def kill_part(self, name: str, kind: str) -> int:
        """End one process as a crash would; return its id."""
        pid = int(self.processes()[name, kind]["pid"])
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_for_another(self, name: str, kind: str, than: int, *, seconds: float = 30) -> None:
        """Wait until this part runs as another process than ``than`` and the whole suite is ready."""
        self.wait(lambda: self.processes()[name, kind]["pid"] not in (None, than), seconds=seconds)
        self.wait(lambda: is_ready(self.port), seconds=seconds)

    def wait(self, condition: Any, *, seconds: float) -> None:
        """Wait until ``condition()`` is true."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise NotAsPromised(f"not after {seconds:.0f} s:\n" + "".join(self.said[-10:]) + self.logs())
            threading.Event().wait(0.1)

    def left(self) -> list[str]:
        """The processes that belong to this suite."""
        return processes_of(self.folder)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """Ask it to stop, wait for its end, check that nothing of it is left, and return its exit code."""
        self.popen.send_signal(sign)
        try:
            code = self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise NotAsPromised("it did not stop:\n" + "".join(self.said[-10:])) from None
        self._reader.join(STOP_SECONDS)
        if self.left():
            raise NotAsPromised(f"processes are left: {self.left()}\n" + "".join(self.said[-30:]))
        return code

    def kill(self) -> None:
        """End the parent as a crash would."""
        self.popen.kill()
        self.popen.wait()
        self._reader.join(STOP_SECONDS)

    def logs(self) -> str:
        """The last troubles in the logs, for the reader of a failed test."""
        lines = []
        for file in sorted((self.folder / "log").glob("*.log")):
            bad = [
                line
                for line in file.read_text(errors="replace").splitlines()
                if re.search("error|Error", line)
            ]
            lines += [f"{file.name}: {line[:400]}" for line in bad[-3:]]
        return "\n".join(lines)


def processes_of(folder: Path) -> list[str]:
    """The processes of the suite that runs on ``folder``, by what their environment names."""
    mark = f"KAIKE_VAR={folder}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (process / "environ").read_bytes():
                found.append(f"{process.name} {(process / 'cmdline').read_bytes()!r}")
    return found


@contextlib.contextmanager
def running_suite(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[RunningSuite]:
    """A suite that is ready, and that is stopped afterwards without a trace."""
    suite = RunningSuite(folder, environment or {})
    try:
        yield suite
    finally:
        if suite.popen.poll() is None:
            suite.stop()
