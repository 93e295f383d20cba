"""Who is asking, in the words of this service."""

from chassis.web import current_actor

from supervision.queries.classes import Reader

SEE_ALL = ("provider_admin", "registrar", "business_manager")


def reader() -> Reader:
    """The member of staff who looks at classes."""
    actor = current_actor()
    return Reader(
        account_id=actor.account_id, provider_id=actor.provider_id, whole_provider=actor.has(*SEE_ALL)
    )
