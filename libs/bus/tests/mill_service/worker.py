"""The mill's worker process, with the faults that a test asks for: `python worker.py [fault]`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

from bus.handling.inbox import Inbox
from bus.handling.outcomes import Outcomes
from bus.transport.base import Delivery
from bus.worker import run
from mill.app import SERVICE

FAULTS = set(sys.argv[1:])


def die_before_ack(self: Outcomes, deliveries: Sequence[Delivery]) -> None:
    """Committed, and then the lights go out."""
    os.kill(os.getpid(), signal.SIGKILL)


if "die-before-ack" in FAULTS:
    Outcomes.handled = die_before_ack  # type: ignore[method-assign]
if "no-inbox" in FAULTS:
    Inbox.take = lambda self, session, events, *, now: list(events)  # type: ignore[method-assign]

run(SERVICE)
