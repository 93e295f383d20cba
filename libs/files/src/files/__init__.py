"""Files: where bytes are kept (a folder or S3), links that expire, and uploads judged by their content."""

from files.chunks import Chunks, Source
from files.folder import FolderStore
from files.links import LinkBroken, LinkExpired, Links
from files.settings import store_from_settings
from files.store import FileMissing, Store, StoreAway, new_key

__all__ = [
    "Chunks",
    "FileMissing",
    "FolderStore",
    "LinkBroken",
    "LinkExpired",
    "Links",
    "Source",
    "Store",
    "StoreAway",
    "new_key",
    "store_from_settings",
]
