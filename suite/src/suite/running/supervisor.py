"""The parent of ``kaike run``: starts the processes, watches over them, and stops them in order."""

import os
import select
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from suite.environment import variables_of
from suite.parts import SERVICES, doors_of
from suite.running import child, control, logs, memory
from suite.running.console import Console
from suite.running.process import Process
from suite.running.readiness import is_ready

GRACE_SECONDS = {"web": 12.0, "worker": 27.0}
TICK_SECONDS = 0.1
TRIM_EVERY = 60.0
SIGNALS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class StartFailed(Exception):
    """A service could not be prepared; the text says which and shows the end of its log."""


class Supervisor:
    """One running suite."""

    def __init__(
        self,
        *,
        folder: Path,
        doors: dict[str, socket.socket],
        secrets: dict[str, str],
        console: Console,
        prepare: Callable[[str], None],
        web: Callable[[str, socket.socket], None],
        worker: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.doors = doors
        self.secrets = secrets
        self.console = console
        self.make_prepare, self.make_web, self.make_worker = prepare, web, worker
        self.ports = {name: door.getsockname()[1] for name, door in doors.items()}
        self.control = control.listen(folder)
        self.processes: list[Process] = []
        self.preparing: dict[int, str] = {}
        self.waiting: list[tuple[socket.socket, str]] = []
        self.ready = False
        self.asked_to_stop = False
        self.trimmed_at = time.monotonic()

    # -- life ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Start everything and stay until a signal or ``kaike stop``.

        Raises:
            StartFailed: a service could not be prepared.
        """
        with self._signals() as events:
            try:
                for name in SERVICES:
                    self._prepare(name)
                for name in doors_of(None):
                    self._add(name, "web")
                while not self.asked_to_stop:
                    self._wait(events)
                    self._look_after()
            finally:
                # Still under our own handlers: a second Ctrl-C must not leave half of the processes behind.
                self._stop_all()

    @contextmanager
    def _signals(self) -> Iterator[selectors.BaseSelector]:
        """Signals become readable bytes, so that one place waits for everything that can happen."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        self.bell = ours
        before = {sign: signal.signal(sign, _noticed) for sign in SIGNALS}
        wakeup = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._private = [ours.fileno(), theirs.fileno(), self.control.fileno()]
        with selectors.DefaultSelector() as events:
            self._private.append(events.fileno() if hasattr(events, "fileno") else -1)
            events.register(ours, selectors.EVENT_READ)
            events.register(self.control, selectors.EVENT_READ)
            try:
                yield events
            finally:
                signal.set_wakeup_fd(wakeup)
                for sign, handler in before.items():
                    signal.signal(sign, handler)
                ours.close()
                theirs.close()

    def _wait(self, events: selectors.BaseSelector) -> None:
        busy = not self.ready or self.waiting or any(p.due_at is not None for p in self.processes)
        for key, _ in events.select(TICK_SECONDS if busy else TRIM_EVERY):
            if key.fileobj is self.bell:
                self._heed(self.bell.recv(4096))
            else:
                self._answer()

    def _heed(self, signs: bytes) -> None:
        if {signal.SIGTERM, signal.SIGINT, signal.SIGHUP} & set(signs):
            self.asked_to_stop = True

    def _look_after(self) -> None:
        for pid, code in child.reap():
            self._ended(pid, code)
        now = time.monotonic()
        for process in self.processes:
            if process.due_at is not None and process.due_at <= now:
                self._start(process)
        if not self.ready and not self.preparing and is_ready(self.ports["gateway"]):
            self.ready = True
            self.console.ready(self.ports["gateway"], memory.of_suite())
        self._tell_restarted()
        if now - self.trimmed_at > TRIM_EVERY:
            self.trimmed_at = now
            logs.trim(self.folder)

    # -- processes -------------------------------------------------------------------------------------------

    def _prepare(self, name: str) -> None:
        logs.file_of(self.folder, f"{name}/prepare").unlink(missing_ok=True)
        pid = self._spawn(f"{name}/prepare", partial(self.make_prepare, name), keep=None)
        self.preparing[pid] = name

    def _add(self, name: str, kind: str) -> None:
        work = (
            partial(self.make_web, name, self.doors[name])
            if kind == "web"
            else partial(self.make_worker, name)
        )
        process = Process(name=name, kind=kind, work=work)
        self.processes.append(process)
        self._start(process)

    def _start(self, process: Process) -> None:
        keep = self.doors[process.name] if process.kind == "web" else None
        process.begun(self._spawn(f"{process.name}/{process.kind}", process.work, keep=keep))

    def _spawn(self, name: str, work: Callable[[], None], *, keep: socket.socket | None) -> int:
        return child.spawn(
            work,
            variables=variables_of(name, folder=self.folder, ports=self.ports, kept=self.secrets),
            log=logs.file_of(self.folder, name),
            keep=keep,
            close=[*self._private, *(door.fileno() for door in self.doors.values())],
        )

    def _ended(self, pid: int, code: int) -> None:
        name = self.preparing.pop(pid, None)
        if name is not None:
            self._prepared(name, code)
            return
        for process in self.processes:
            if process.pid == pid:
                child.end_all(pid, signal.SIGTERM)
                asked = process.asked_to_restart
                delay = process.ended()
                if not asked:
                    log = logs.file_of(self.folder, f"{process.name}/{process.kind}")
                    self.console.ended(process, code, delay, log)

    def _prepared(self, name: str, code: int) -> None:
        if code != 0:
            log = logs.file_of(self.folder, f"{name}/prepare")
            raise StartFailed(f"{name} could not be prepared, see {log}:\n{logs.last_lines(log)}")
        self.console.prepared(name)
        for door in doors_of(name):
            self._add(door, "web")
        self._add(name, "worker")

    # -- the control socket ----------------------------------------------------------------------------------

    def _answer(self) -> None:
        line, _ = self.control.accept()
        asked = control.read(line)
        match asked.get("command"):
            case "stop":
                self.asked_to_stop = True
                control.answer(line, {"pid": os.getpid()})
            case "status":
                control.answer(line, {"ready": self.ready, "pid": os.getpid(), "processes": self._status()})
            case "restart" if any(p.name == asked.get("name") for p in self.processes):
                self._restart(str(asked["name"]))
                self.waiting.append((line, str(asked["name"])))
            case "restart":
                control.answer(line, {"error": f"there is no part called {asked.get('name')}"})
            case _:
                control.answer(line, {"error": "unknown command"})

    def _restart(self, name: str) -> None:
        for process in self.processes:
            if process.name == name and process.pid is not None:
                process.asked_to_restart = True
                os.kill(process.pid, signal.SIGTERM)

    def _tell_restarted(self) -> None:
        for line, name in list(self.waiting):
            own = [p for p in self.processes if p.name == name]
            up = all(p.pid is not None and not p.asked_to_restart for p in own)
            if up and is_ready(self.ports[name]):
                self.waiting.remove((line, name))
                control.answer(line, {"processes": [self._line(p) for p in own]})

    def _status(self) -> list[dict[str, Any]]:
        return [self._line(process) for process in self.processes]

    def _line(self, process: Process) -> dict[str, Any]:
        return {
            "name": process.name,
            "kind": process.kind,
            "pid": process.pid,
            "restarts": process.restarts,
            "pss_kib": memory.of_family(process.pid) if process.pid else 0,
        }

    # -- the end ---------------------------------------------------------------------------------------------

    def _stop_all(self) -> None:
        """Public doors first, then the services', then the workers; what does not end in time is killed."""
        (self.folder / control.NAME).unlink(missing_ok=True)
        self.control.close()
        self.console.stopping()
        public = set(doors_of(None))
        running = {p.pid: p for p in self.processes if p.pid is not None}
        self._stop(set(self.preparing) | {pid for pid, p in running.items() if p.name in public})
        self._stop({pid for pid, p in running.items() if p.kind == "web"})
        self._stop({pid for pid, p in running.items() if p.kind == "worker"}, GRACE_SECONDS["worker"])
        self.console.stopped()

    def _stop(self, pids: set[int], seconds: float = GRACE_SECONDS["web"]) -> None:
        alive = {pid for pid in pids if _lives(pid)}
        for pid in alive:
            os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + seconds
        while alive and time.monotonic() < end:
            if select.select([self.bell], [], [], TICK_SECONDS)[0]:
                self.bell.recv(4096)
            alive -= {pid for pid, _ in child.reap()}
            alive = {pid for pid in alive if _lives(pid)}
        for pid in pids:
            child.end_all(pid, signal.SIGKILL)
        for pid in alive:
            os.waitpid(pid, 0)


def _noticed(_sign: int, _frame: object) -> None:
    """The byte in the wake-up socket says it; nothing is to be done here."""


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
