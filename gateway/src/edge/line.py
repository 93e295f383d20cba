"""The admission queue of signing in. A password's hash costs more than all the rest of a request together: when a
class of 500 signs in at once, those who wait their turn wait here, where a thread costs little, and identity never has
more of them inside than it can work at.

It stands behind the reading of the body: who has not said yet with what to sign in takes no turn from anybody.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from chassis.errors import Unavailable


class SignInFull(Unavailable):
    """So many people wait to sign in that one more would wait in vain."""

    code = "gateway.sign_in.full"
    title = "登录人数较多"
    next_step = "这次登录没有执行，请稍等几秒后重试。"


class Line:
    """`at_once` are admitted at a time, and up to `waiting` others wait for `patience` seconds."""

    def __init__(self, *, at_once: int, waiting: int, patience: float = 30.0) -> None:
        self._turns = threading.Semaphore(at_once)  # wakes who has waited longest
        self._room = threading.BoundedSemaphore(at_once + waiting)
        self._patience = patience

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Be admitted for the length of the block. Raises SignInFull, whose next tries are spread, or all would meet
        again."""
        if not self._room.acquire(blocking=False):
            raise SignInFull(retry_after=random.randint(3, 10))
        try:
            if not self._turns.acquire(timeout=self._patience):
                raise SignInFull(retry_after=random.randint(3, 10))
            try:
                yield
            finally:
                self._turns.release()
        finally:
            self._room.release()
