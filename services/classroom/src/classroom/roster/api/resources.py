"""What the roster's operations need of the process: made once from its settings."""

from __future__ import annotations

from chassis.web import runtime
from files import Links, Store, store_from_settings

from classroom.roster.models import DocumentCipher


def document_cipher() -> DocumentCipher:
    """Seals and finds document numbers."""
    cipher: DocumentCipher = runtime().extra("document_cipher", DocumentCipher.from_settings)
    return cipher


def file_store() -> Store:
    """Where marked files lie."""
    store: Store = runtime().extra("files", store_from_settings)
    return store


def file_links() -> Links:
    """Their links."""
    links: Links = runtime().extra("roster_links", lambda settings: Links(settings.secret("roster/links")))
    return links
