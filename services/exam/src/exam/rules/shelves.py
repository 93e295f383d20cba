"""Whose questions and papers somebody works with."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Shelf:
    """The bank of one provider, or with None the official one of the platform (E1).

    One writes on one's own shelf only, and reads it and the official one.
    """

    provider_id: uuid.UUID | None
