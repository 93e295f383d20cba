"""What a store promises, and how its keys look."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from chassis.errors import NotFound, Unavailable

from files.chunks import Chunks, Source

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*(\.[a-z0-9]{1,5})?")
_NAME = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,5})?")
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "audio/mp4": ".m4a",
    "audio/mpeg": ".mp3",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
}


class FileMissing(NotFound):
    """No object has this key: it was deleted, or never put."""

    code = "files.missing"
    title = "文件不存在"
    next_step = "请刷新页面后重试；若文件已被删除，请重新上传。"


class StoreAway(Unavailable):
    """The place for bytes does not answer, or is full."""

    code = "files.store.away"
    title = "文件存储暂不可用"
    next_step = "请稍等几分钟后重试；若持续出现，请联系平台。"


class BadKey(ValueError):
    """A key that no store ever gave out. A mistake of the program, or somebody trying paths."""


class Store(Protocol):
    """A place for bytes. Objects are written whole and never changed."""

    def put(self, source: Source, *, content_type: str, prefix: str) -> str:
        """Keep all bytes of `source` under a new key below `prefix`, and return the key.

        Either all of it is kept or nothing: no reader ever sees half an object. Raises StoreAway, as all others do.
        """

    def put_at(self, key: str, source: Source, *, content_type: str) -> None:
        """The same under a key that `new_key` has made: for who writes down where it will lie before it lies there, so
        that a crash leaves no object that nobody knows of.
        """

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> Chunks:
        """The object's bytes from `start`, at most `length` of them. Raises FileMissing."""

    def size(self, key: str) -> int:
        """How many bytes the object has. Raises FileMissing."""

    def exists(self, key: str) -> bool:
        """Whether there is such an object."""

    def delete(self, key: str) -> None:
        """Remove the object; one that is already gone is no error."""

    def old_keys(self, prefix: str, shelf: str, *, before: datetime) -> list[str]:
        """The keys that `new_key` has made below `prefix` on one of its shelves ("00" to "ff"), of objects that were
        last written before a moment. What else lies there is none of ours.
        """

    def drop_half_written(self, *, before: datetime) -> int:
        """Remove what was begun before a moment and never became an object: its writer is dead. Returns how many."""


def new_key(prefix: str, content_type: str) -> str:
    """A fresh key below `prefix` that nobody can guess, spread over 256 shelves, with a suffix for people."""
    name = secrets.token_hex(16)
    return checked_key(f"{prefix.strip('/')}/{name[:2]}/{name}{_SUFFIXES.get(content_type, '')}")


def checked_key(key: str) -> str:
    """The key itself; raises BadKey when it could mean anything outside the store."""
    if len(key) > 250 or not _KEY.fullmatch(key):
        raise BadKey(f"not a key of this store: {key[:60]!r}")
    return key


def shelf_of(prefix: str, shelf: str) -> str:
    """Where the keys of one shelf lie below `prefix`: everything before their names, with the slash."""
    return checked_key(f"{prefix.strip('/')}/{shelf}") + "/"


def keys_on(place: str, names: Iterable[str]) -> list[str]:
    """The keys of those `names` in a `shelf_of(...)` that `new_key` could have made."""
    shelf = place.split("/")[-2]
    return [place + name for name in names if name.startswith(shelf) and _NAME.fullmatch(name)]
