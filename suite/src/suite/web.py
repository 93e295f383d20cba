"""The web process of a part: gunicorn, set up in code, one worker process with threads."""

import ctypes
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication

from suite.parts import DOORS, Door

if TYPE_CHECKING:
    from bus.wakeup import Messenger

GRACE_SECONDS = 10
PR_SET_PDEATHSIG = 1


def die_with_parent(sign: int) -> None:
    """Ask the kernel (Linux) for ``sign`` when the parent process ends, however it ends."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, sign)


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """Gunicorn's threaded server for one part."""

    def __init__(self, door: Door, *, bind: str, workers: int) -> None:
        self.door = door
        # The part itself reads it too: the gateway's lines of waiting are parts of its threads.
        os.environ["KAIKE_WEB_THREADS"] = os.environ.get("KAIKE_WEB_THREADS") or str(door.threads)
        self.bind = bind
        self.workers = workers
        self._messenger: Messenger | None = None
        super().__init__()

    def load_config(self) -> None:
        """Our settings; nothing is read from files or the command line."""
        settings = {
            "bind": self.bind,
            "workers": self.workers,
            # gunicorn's gthread, with slow clients kept out of its threads
            "worker_class": "suite.buffering.BufferingWorker",
            "threads": int(os.environ["KAIKE_WEB_THREADS"]),
            "worker_connections": 4000,
            "backlog": 2048,
            # It would send past the check on how fast the client takes its answer.
            "sendfile": False,
            "keepalive": 30,
            "timeout": 60,
            "graceful_timeout": GRACE_SECONDS,
            # Otherwise all parts of one user would share one socket file.
            "control_socket_disable": True,
            "proc_name": f"kaike-{self.door.name}",
            "post_fork": _after_fork,
            "post_worker_init": self._begin,
            "worker_exit": self._end,
            "loglevel": "warning",
            # The parts write their own access log as JSON; client addresses are judged by the gateway.
            "accesslog": None,
            "forwarded_allow_ips": "",
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def _begin(self, _worker: Any) -> None:
        if self.door.service is not None:  # only services announce
            from bus.wakeup import Messenger

            self._messenger = Messenger()
            self._messenger.start()

    def _end(self, _arbiter: Any, _worker: Any) -> None:
        if self._messenger is not None:
            self._messenger.close()

    def load(self) -> Callable[..., Any]:
        """The part's app, made in the worker process."""
        return self.door.load()


def _after_fork(_arbiter: Any, _worker: Any) -> None:
    die_with_parent(signal.SIGTERM)


def serve(name: str, *, bind: str, workers: int = 1) -> None:
    """Serve the part ``name`` on ``bind`` (gunicorn's notation) until a signal ends it; leaves by SystemExit."""
    WebServer(DOORS[name], bind=bind, workers=workers).run()
