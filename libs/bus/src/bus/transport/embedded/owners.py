"""Who has taken messages and still lives: each taker holds a locked file for as long as its process runs.

The kernel lets the lock go when the process dies, however it dies; so what a killed taker held is free at
once and no time-out has to be guessed.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path


class Owner:
    """One living taker."""

    def __init__(self, folder: Path) -> None:
        """Lives from now on."""
        self._folder = folder / "owners"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.token = f"{os.getpid()}-{secrets.token_hex(6)}"
        self._file = os.open(self._folder / self.token, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def is_dead(self, token: str) -> bool:
        """Whether the taker with this token lives no more."""
        if token == self.token:
            return False
        try:
            other = os.open(self._folder / token, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(other)
        return True

    def forget(self, token: str) -> None:
        """Remove the file of a dead one, after its messages were freed."""
        (self._folder / token).unlink(missing_ok=True)

    def close(self) -> None:
        """Lives no more."""
        self.forget(self.token)
        os.close(self._file)
