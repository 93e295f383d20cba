"""A process of the suite: forked from the warm parent, so that what both know is in memory once."""

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from suite.web import die_with_parent

STILL_ALIVE = 0


def spawn(
    work: Callable[[], None],
    *,
    variables: Mapping[str, str],
    log: Path,
    keep: socket.socket | None,
    close: Iterable[int],
) -> int:
    """Fork a process that does ``work`` in a session of its own and ends with this one; return its id.

    Its output goes to ``log``. Of the descriptors in ``close`` it keeps only that of ``keep``, its listening socket.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        _become_independent(parent)
        _write_to(log)
        for descriptor in close:
            if keep is None or descriptor != keep.fileno():
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        os.environ.update(variables)
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - the last line of a process: tell the log, then end
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _become_independent(parent: int) -> None:
    signal.set_wakeup_fd(-1)
    for sign in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_DFL)
    # A session of its own: Ctrl-C reaches the parent alone, which then stops the others in order.
    os.setsid()
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _write_to(log: Path) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(nothing)
    os.close(descriptor)


def end_all(pid: int, sign: int) -> None:
    """Send ``sign`` to a process and to all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, sign)


def reap() -> Iterable[tuple[int, int]]:
    """The ended children, as (id, exit code)."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == STILL_ALIVE:
            return
        yield pid, os.waitstatus_to_exitcode(status)
