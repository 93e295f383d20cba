"""Password hashes, so many at once that everybody else is still answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from typing import TypeVar

from chassis.errors import Unavailable
from nacl.exceptions import CryptoError
from nacl.pwhash import argon2id

MEMORY_KIB, ROUNDS = 7168, 5

Found = TypeVar("Found")


class SignInBusy(Unavailable):
    """More people sign in at this moment than there is room for."""

    code = "identity.sign_in.busy"
    title = "登录人数较多"
    next_step = "请稍等几秒后重试。"


class Hasher:
    """Argon2id with m=7168, t=5, p=1 by libsodium: of the settings that OWASP calls equal the quickest here, since
    less of it goes past the processor's cache, by the library that uses what the processor has (decision 0029).

    Hashes made with other settings, or by another library, go on being read.
    """

    def hash(self, password: str) -> str:
        """The hash to keep, in the usual form ("$argon2id$v=19$m=…")."""
        made = argon2id.str(password.encode(), opslimit=ROUNDS, memlimit=MEMORY_KIB * 1024)
        return made.rstrip(b"\0").decode()

    def verify(self, kept: str, password: str) -> bool:
        """Whether this is the password. False too for what is no hash."""
        try:
            return argon2id.verify(kept.encode(), password.encode())
        except CryptoError:
            return False


class Hashing:
    """At most `at_once` hashes running, and `room` requests inside or waiting.

    They run in threads of their own, so that no more than `at_once` of the processors' caches and of the memory is
    theirs, however many sign in.
    """

    def __init__(self, *, at_once: int, room: int, patience: float = 10.0) -> None:
        """`patience` is how many seconds a hash may take with the wait for its turn."""
        self._hasher = Hasher()
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="hashing")
        self._room = threading.BoundedSemaphore(room)
        self._patience = patience
        # Verified against when there is no account, so that the answer takes as long as for a wrong password.
        self._nobody = self._hasher.hash("nobody has this password")

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place inside, taken before the database is touched. Raises SignInBusy at once when all are taken:
        a thread that waited here would be missing to others. (Who comes through the gateway waits there.)"""
        if not self._room.acquire(blocking=False):
            raise SignInBusy(retry_after=2)
        try:
            yield
        finally:
            self._room.release()

    def hash(self, password: str) -> str:
        """The hash to keep."""
        return self._in_turn(lambda: self._hasher.hash(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether this is the password; takes as long for no account or one without a password."""
        return self._in_turn(lambda: self._hasher.verify(kept or self._nobody, password)) and kept is not None

    def close(self) -> None:
        """End its threads."""
        self._threads.shutdown()

    def _in_turn(self, work: Callable[[], Found]) -> Found:
        waiting = self._threads.submit(work)
        try:
            return waiting.result(self._patience)
        except TookTooLong:
            waiting.cancel()
            raise SignInBusy(retry_after=2) from None
