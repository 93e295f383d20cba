"""When a closed class can be counted, and what is counted (K27)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The figures that are frozen at the graduation application."""

    joined: int
    finished: int


def can_be_counted(
    *,
    closed: bool,
    epoch: int,
    exam_closed_epoch: int | None,
    handed_in_total: int | None,
    arrived: int,
    counted_epoch: int | None,
) -> bool:
    """The exam has closed the same epoch, all that was handed in has arrived, and this epoch is not counted yet."""
    if not closed or exam_closed_epoch != epoch or counted_epoch == epoch:
        return False
    return handed_in_total is not None and arrived >= handed_in_total


def counts(*, joined: int, complete: int, item_count: int) -> Counts:
    """Joined and finished; without items everyone who joined is finished (K19)."""
    return Counts(joined=joined, finished=complete if item_count else joined)
