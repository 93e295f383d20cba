"""Tables of joining: wrong tries."""

from classroom.joining.models.tries import JoinTries

__all__ = ["JoinTries"]
