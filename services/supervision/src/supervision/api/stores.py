"""What the running process keeps for photos: the store, the links to it, the verifier."""

from chassis.config import Settings
from chassis.web import runtime
from files import Links, Store, store_from_settings

from supervision.config import verifier_from
from supervision.real_name.rules.verifying import Verifier


def photo_store() -> Store:
    """Where face photos lie."""
    store: Store = runtime().extra("photo-store", store_from_settings)
    return store


def photo_links() -> Links:
    """Makes and reads links to face photos."""
    links: Links = runtime().extra("photo-links", _links)
    return links


def verifier() -> Verifier:
    """Who judges real names."""
    found: Verifier = runtime().extra("verifier", verifier_from)
    return found


def _links(settings: Settings) -> Links:
    return Links(settings.secret("photo-links"))
