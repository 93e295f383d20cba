"""Where a row comes from (B16): every order, settlement and movement of money names the event or request behind it."""

from dataclasses import dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Source:
    """The id of the event, or of the request, that made a row."""

    kind: Literal["event", "request"]
    id: str

    @classmethod
    def event(cls, event_id: object) -> Self:
        """Made by an event of the bus."""
        return cls(kind="event", id=str(event_id))

    @classmethod
    def request(cls, request_id: object) -> Self:
        """Made by a request to the API."""
        return cls(kind="request", id=str(request_id))
