"""Dead letters: looking through them, sending them once more, letting them go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bus.errors import BrokerGone
from bus.transport.base import DeadLetter, Publisher, Transport, Visit


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which letters are meant; what is not said does not matter."""

    event_type: str | None = None
    message_id: UUID | None = None
    reason: str | None = None
    """A part of the reason."""
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    """At most so many of each queue, oldest first."""

    def matches(self, letter: DeadLetter) -> bool:
        """Whether this one is meant. A letter without a time is in no span of time."""
        timed = (self.since is None or (letter.died_at is not None and letter.died_at >= self.since)) and (
            self.until is None or (letter.died_at is not None and letter.died_at < self.until)
        )
        return (
            timed
            and (self.event_type is None or letter.message.type == self.event_type)
            and (self.message_id is None or letter.message.id == self.message_id)
            and (self.reason is None or self.reason.lower() in letter.reason.lower())
        )


def find(transport: Transport, *, queues: Sequence[str], which: Filter) -> list[DeadLetter]:
    """The letters meant; all stay where they are."""
    found: list[DeadLetter] = []
    for queue in queues:
        with transport.graveyard().visit(queue) as visit:
            found += [letter for _, letter in _chosen(visit, which)]
    return found


def replay(transport: Transport, *, queues: Sequence[str], which: Filter) -> list[DeadLetter]:
    """Send the letters meant to their own queue once more: same id, attempts at nothing.

    Each is removed only when the queue has it. Raises BrokerGone when one was not taken; it stays.
    """
    publisher = transport.publisher()
    try:
        return _each(transport, queues, which, lambda letter: _send(publisher, letter))
    finally:
        publisher.close()


def drop(transport: Transport, *, queues: Sequence[str], which: Filter) -> list[DeadLetter]:
    """Remove the letters meant for good."""
    return _each(transport, queues, which, lambda _: None)


def _each(
    transport: Transport, queues: Sequence[str], which: Filter, work: Callable[[DeadLetter], None]
) -> list[DeadLetter]:
    done: list[DeadLetter] = []
    for queue in queues:
        with transport.graveyard().visit(queue) as visit:
            for handle, letter in _chosen(visit, which):
                work(letter)
                visit.remove(handle)
                done.append(letter)
    return done


def _send(publisher: Publisher, letter: DeadLetter) -> None:
    if not publisher.send(letter.queue, [letter.message.reborn()])[0]:
        raise BrokerGone(f"{letter.queue} did not take {letter.message.id}; it is still a dead letter")


def _chosen(visit: Visit, which: Filter) -> Iterator[tuple[int, DeadLetter]]:
    chosen = [(handle, letter) for handle, letter in visit.letters() if which.matches(letter)]
    yield from chosen[: which.limit]
