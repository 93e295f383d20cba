"""What photos are taken for, and in which classes (S2, S4)."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a photo serves for."""

    CHECK_IN = "check_in"


def is_asked_for(purpose: Purpose, *, check_in: str) -> bool:
    """Whether a class with this check-in policy asks for such photos: no other face is taken in (X6)."""
    match purpose:
        case Purpose.CHECK_IN:
            return check_in != "off"
