"""A face photo goes into the store, and out again when the work that it belongs to fails."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from files import Store
from files.judging import JudgedImage


@dataclass(frozen=True, kw_only=True)
class KeptPhoto:
    """Where a photo lies, and what it is."""

    key: str
    content_type: str
    sha256: str


@contextmanager
def kept_photo(store: Store, photo: JudgedImage, *, prefix: str) -> Iterator[KeptPhoto]:
    """Keep the photo for the block; when the block raises, no file is left behind."""
    key = store.put(photo.data, content_type=photo.content_type, prefix=prefix)
    try:
        yield KeptPhoto(
            key=key, content_type=photo.content_type, sha256=hashlib.sha256(photo.data).hexdigest()
        )
    except BaseException:
        store.delete(key)
        raise
