"""A store in a folder: for one machine, and the default."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from files.chunks import Chunks, Source, chunks_of
from files.store import FileMissing, checked_key, new_key

_INCOMING = ".incoming"


class FolderStore:
    """Objects as files below `root`. Several processes may share the folder."""

    def __init__(self, root: Path) -> None:
        """Makes the folder when it is not there; only its owner may look into it."""
        self._root = root.resolve()
        (self._root / _INCOMING).mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, source: Source, *, content_type: str, prefix: str) -> str:
        """Write beside, flush to the disk, then rename: a crash leaves no half object. See `Store.put`."""
        key = new_key(prefix, content_type)
        target = self._path(key)
        with self._incoming() as file:
            for chunk in chunks_of(source):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(file.name).rename(target)
        _sync_folder(target.parent)
        return key

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> Chunks:
        """See `Store.open`."""
        try:
            stream = self._path(key).open("rb")
        except (FileNotFoundError, IsADirectoryError):
            raise FileMissing from None
        stream.seek(start)
        return Chunks(stream, length)

    def size(self, key: str) -> int:
        """See `Store.size`."""
        path = self._path(key)
        if not path.is_file():
            raise FileMissing
        return path.stat().st_size

    def exists(self, key: str) -> bool:
        """See `Store.exists`."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """See `Store.delete`."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        path = self._root / checked_key(key)
        # A symbolic link inside the folder could still lead out of it.
        if not path.resolve().is_relative_to(self._root):
            raise FileMissing
        return path

    @contextmanager
    def _incoming(self) -> Iterator[BinaryIO]:
        with NamedTemporaryFile(dir=self._root / _INCOMING, delete=False) as file:
            try:
                yield file  # type: ignore[misc]  # the wrapper is a BinaryIO in all but name
            finally:
                Path(file.name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
