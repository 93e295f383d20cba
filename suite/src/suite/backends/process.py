"""A private server program: on a free port, in a folder of its own, gone when this process is gone."""

import atexit
import contextlib
import ctypes
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from suite.backends.errors import StartFailed

PR_SET_PDEATHSIG = 1
PREFIX = "kaike-test-"
POLL_SECONDS = 0.05
FIXED_PORTS = (20_000, 32_000)
TRIES = 200

_libc = ctypes.CDLL(None, use_errno=True)


def free_port() -> int:
    """A port of the loopback that nobody listens on now.

    Below the range from which the system takes the ports of outgoing connections: one of those could be given to
    anybody between the moments when a server stops and is started again.
    """
    for _ in range(TRIES):
        port = random.randint(*FIXED_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise StartFailed(f"no free port between {FIXED_PORTS[0]} and {FIXED_PORTS[1]}")


def unprivileged(*candidates: str) -> str | None:
    """The user that a server should run as: the first of ``candidates`` when this process is root, else nobody new."""
    if os.geteuid() != 0:
        return None
    for name in (*candidates, "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise StartFailed("the server must not run as root, and there is no other user such as nobody")


def private_folder(user: str | None) -> Path:
    """A new folder of ``user`` below the temporary one; folders that killed processes left are removed first."""
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(home, user)
    return home


def remove_folder(home: Path) -> None:
    """Remove what ``private_folder`` made."""
    shutil.rmtree(home.parent, ignore_errors=True)


def _sweep() -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*-*"):
        owner = left.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)


def _die_with_parent(parent: int, sign: int) -> Callable[[], None]:
    def prepare() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


class Program:
    """One running program; its output goes to ``log``."""

    def __init__(
        self,
        arguments: list[str],
        *,
        environment: dict[str, str],
        user: str | None,
        home: Path,
        log: Path,
        when_orphaned: int = signal.SIGKILL,
    ) -> None:
        self.log = log
        self.name = arguments[0]
        # The kernel's "parent died" signal is bound to the thread that started the child: only the main one lives
        # as long as the process does.
        main = threading.current_thread() is threading.main_thread()
        with log.open("ab") as output:
            self.popen = subprocess.Popen(
                arguments,
                cwd=home,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
                group=pwd.getpwnam(user).pw_gid if user else None,
                extra_groups=[] if user else None,
                preexec_fn=_die_with_parent(os.getpid(), when_orphaned) if main else None,
            )
        self._owner = os.getpid()
        self._last_sign = when_orphaned
        atexit.register(self._end)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until ``ready`` answers true.

        Raises:
            StartFailed: the program ended first, or the time was over; the text has the end of the log.
        """
        end = time.monotonic() + seconds
        while not ready():
            if self.popen.poll() is not None:
                raise StartFailed(f"{self.name} ended with {self.popen.returncode}: {self.tail()}")
            if time.monotonic() > end:
                raise StartFailed(f"{self.name} was not ready after {seconds:.0f} s: {self.tail()}")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(POLL_SECONDS)

    def tail(self) -> str:
        """The last lines of the log, on one line."""
        return " / ".join(self.log.read_text(errors="replace").splitlines()[-5:])

    def stop(self, *, sign: int = signal.SIGTERM, seconds: float = 20) -> None:
        """Ask the program to end, and kill it when it does not."""
        if self.popen.poll() is None:
            self.popen.send_signal(sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """End the program and its children at once, as a crash would; a forked child of ours does nothing."""
        if os.getpid() != self._owner:
            return
        atexit.unregister(self._end)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait()

    def _end(self) -> None:
        if os.getpid() == self._owner:
            self.stop(sign=self._last_sign, seconds=5)

    def freeze(self) -> None:
        """Stop the program where it stands (SIGSTOP), as a frozen machine would."""
        os.killpg(self.popen.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen program go on."""
        os.killpg(self.popen.pid, signal.SIGCONT)
