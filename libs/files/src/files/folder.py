"""A store in a folder: for one machine, and the default."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import structlog
from chassis import troubles

from files.chunks import Chunks, Source, chunks_of
from files.store import FileMissing, StoreAway, checked_key, keys_on, new_key, shelf_of

_INCOMING = ".incoming"

log = structlog.get_logger(__name__)


class FolderStore:
    """Objects as files below `root`. Several processes may share the folder."""

    def __init__(self, root: Path) -> None:
        """Makes the folder when it is not there; only its owner may look into it."""
        self._root = root.resolve()
        with _told():
            self._root.parent.mkdir(parents=True, exist_ok=True)
            self._root.mkdir(mode=0o700, exist_ok=True)
            (self._root / _INCOMING).mkdir(mode=0o700, exist_ok=True)
        self._known: set[str] = set()

    def put(self, source: Source, *, content_type: str, prefix: str) -> str:
        """See `Store.put`."""
        key = new_key(prefix, content_type)
        self.put_at(key, source, content_type=content_type)
        return key

    def put_at(self, key: str, source: Source, *, content_type: str) -> None:
        """Write beside, flush to the disk, then rename: a crash leaves no half object. See `Store.put_at`."""
        target = self._root / checked_key(key)
        incoming = self._root / _INCOMING / target.name
        try:
            self._write(incoming, source)
            with _told():
                self._show(incoming, target)
        except BaseException:
            incoming.unlink(missing_ok=True)
            raise

    def _write(self, path: Path, source: Source) -> None:
        """All bytes into a new file, and from there to the disk."""
        with _told():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            for chunk in chunks_of(source):  # what the source itself raises goes on as it is
                with _told():
                    _write_all(handle, chunk)
            with _told():
                os.fsync(handle)
        finally:
            os.close(handle)

    def _show(self, incoming: Path, target: Path) -> None:
        """Give the written file its place, and have that survive a power cut as well."""
        folder = str(target.parent)
        # To look each time costs more than to write, and there are only some hundreds.
        if folder not in self._known:
            self._inside(target.parent).mkdir(parents=True, exist_ok=True)
            self._known.add(folder)
        try:
            incoming.rename(target)
        except FileNotFoundError:  # somebody has tidied up
            target.parent.mkdir(parents=True, exist_ok=True)
            incoming.rename(target)
        _sync_folder(folder)

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> Chunks:
        """See `Store.open`."""
        with _told():
            try:
                stream = self._path(key).open("rb")
            except (FileNotFoundError, IsADirectoryError):
                raise FileMissing from None
            stream.seek(start)
        return Chunks(stream, length)

    def size(self, key: str) -> int:
        """See `Store.size`."""
        with _told():
            found = self._stat(key)
        if found is None:
            raise FileMissing
        return found.st_size

    def exists(self, key: str) -> bool:
        """See `Store.exists`."""
        with _told():
            return self._stat(key) is not None

    def delete(self, key: str) -> None:
        """See `Store.delete`."""
        with _told():
            self._path(key).unlink(missing_ok=True)

    def old_keys(self, prefix: str, shelf: str, *, before: datetime) -> list[str]:
        """See `Store.old_keys`."""
        place = shelf_of(prefix, shelf)
        return keys_on(place, _old_files(self._inside(self._root / place), before))

    def drop_half_written(self, *, before: datetime) -> int:
        """See `Store.drop_half_written`: a process that was killed in the middle of a write has left them."""
        incoming = self._root / _INCOMING
        names = _old_files(incoming, before)
        with _told():
            for name in names:
                (incoming / name).unlink(missing_ok=True)
        return len(names)

    def _stat(self, key: str) -> os.stat_result | None:
        """What the disk says of the object; None when there is none. `Path.is_file` takes a broken disk for that."""
        try:
            found = self._path(key).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def _path(self, key: str) -> Path:
        return self._inside(self._root / checked_key(key))

    def _inside(self, path: Path) -> Path:
        # A symbolic link inside the folder could still lead out of it.
        if not path.resolve().is_relative_to(self._root):
            raise FileMissing
        return path


@contextmanager
def _told() -> Iterator[None]:
    """A full or broken disk is no fault of the caller's, and may be mended soon."""
    try:
        yield
    except OSError as error:
        troubles.met("store")
        log.error("store_away", error=str(error))
        raise StoreAway(retry_after=60) from error


def _write_all(handle: int, chunk: bytes) -> None:
    """One call mostly does; a disk that fills up takes a part and refuses the rest."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _sync_folder(folder: str) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _old_files(folder: Path, before: datetime) -> list[str]:
    """The names of the files in a folder that were last written before a moment."""
    with _told():
        try:
            with os.scandir(folder) as entries:
                return [entry.name for entry in entries if _is_old(entry, before)]
        except FileNotFoundError:  # nothing was ever put there
            return []


def _is_old(entry: os.DirEntry[str], before: datetime) -> bool:
    try:
        written = entry.stat(follow_symlinks=False).st_mtime
    except FileNotFoundError:  # deleted, or given its place, since it was listed
        return False
    return entry.is_file(follow_symlinks=False) and written < before.timestamp()
