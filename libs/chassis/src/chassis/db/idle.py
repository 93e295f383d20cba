"""Trusting a pooled connection of PostgreSQL without asking the server each time.

A ping at each checkout is a round trip in every request and every batch. A server that stops, restarts or ends
a session says so on the socket, and an idle connection's socket is silent otherwise: looking there costs a
microsecond. Only a peer that vanished without a word leaves no trace, so what was idle for long is pinged.
"""

from __future__ import annotations

import select
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError

LONG = 30.0
"""Seconds idle after which a connection is pinged: NAT tables and fail-overs forget in minutes, not in seconds."""

_SINCE = "idle_since"


def look_before_use(engine: Engine) -> None:
    """Have each connection looked at when it leaves the pool; a dead one is replaced, and all its siblings with it."""
    dialect = engine.dialect

    def rest(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    def look(connection: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get(_SINCE)
        if since is None or (time.monotonic() - since < LONG and _silent(connection)):
            return  # new, or known to live
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            if dialect.is_disconnect(error, connection, None):
                raise InvalidatePoolError from error
            raise

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", look)


def _silent(connection: Any) -> bool:
    """Whether the server has said nothing since: an end of the session is something to read."""
    if connection.closed:
        return False
    watched = select.poll()
    watched.register(connection.fileno(), select.POLLIN)
    return not watched.poll(0)
