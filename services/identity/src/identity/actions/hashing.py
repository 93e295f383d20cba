"""Password hashes, so many at once that everybody else is still answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from chassis.errors import Unavailable


class SignInBusy(Unavailable):
    """More people sign in at this moment than there is room for."""

    code = "identity.sign_in.busy"
    title = "登录人数较多"
    next_step = "请稍等几秒后重试。"


class Hashing:
    """Argon2id with m=19456, t=2, p=1 (about 20 ms), at most `at_once` running and `room` inside or waiting.

    The library's own default takes 100 ms and 64 MiB each: too much when a class of 500 signs in together.
    """

    def __init__(self, *, at_once: int, room: int, patience: float = 10.0) -> None:
        """`patience` is how many seconds a hash waits for its turn."""
        self._hasher = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
        self._running = BoundedSemaphore(at_once)
        self._room = BoundedSemaphore(room)
        self._patience = patience
        # Verified against when there is no account, so that the answer takes as long as for a wrong password.
        self._nobody = self._hasher.hash("nobody has this password")

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place inside, taken before the database is touched. Raises SignInBusy at once when all are taken:
        a thread that waited here would be missing to others."""
        if not self._room.acquire(blocking=False):
            raise SignInBusy(retry_after=2)
        try:
            yield
        finally:
            self._room.release()

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._turn():
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; takes as long for no account or one without a password."""
        with self._turn():
            try:
                return self._hasher.verify(kept or self._nobody, password) and kept is not None
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._running.acquire(timeout=self._patience):
            raise SignInBusy(retry_after=2)
        try:
            yield
        finally:
            self._running.release()
