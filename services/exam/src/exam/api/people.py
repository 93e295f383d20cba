"""Who is asking, in the words of this service."""

from chassis.web import current_actor
from chassis.web.permissions import RoleMissing

from exam.queries.classes import Reader
from exam.rules.shelves import Shelf

AUTHORS = ("provider_admin", "registrar")
SEE_ALL = ("provider_admin", "registrar", "business_manager")


def shelf() -> Shelf:
    """The shelf that the account writes on: its provider's, or the official one for the platform.

    Raises RoleMissing for an author without a provider, who must not end up at the official shelf.
    """
    actor = current_actor()
    if actor.has(*AUTHORS) and actor.provider_id is not None:
        return Shelf(actor.provider_id)
    if actor.has("platform_admin"):
        return Shelf(None)
    raise RoleMissing


def reader() -> Reader:
    """The member of staff who looks at classes."""
    actor = current_actor()
    return Reader(
        account_id=actor.account_id, provider_id=actor.provider_id, whole_provider=actor.has(*SEE_ALL)
    )
