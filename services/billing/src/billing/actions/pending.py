"""What an action waits for when another service's news has not arrived."""

from chassis.errors import ProjectionPending


def pending(what: str, key: object) -> ProjectionPending:
    """The failure for a missing `what`, with its id for the log. The bus tries again, a caller may too."""
    return ProjectionPending(retry_after=2, waiting_for=f"{what} {key}")
