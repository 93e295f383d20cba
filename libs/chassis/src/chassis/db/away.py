"""Telling a database that is away from a statement or a row that is wrong.

"Away" is whatever waiting mends and nobody who asked is to blame for: no connection, a server that starts, stops or
only reads, a full disk, no memory, no connection free.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

DatabaseError = (SQLAlchemyError, psycopg.Error, sqlite3.Error)
"""What a database raises: through SQLAlchemy, and by its driver where SQLAlchemy is not in between."""

AWAY_CLASSES = ("08", "53", "57P", "58")
"""Beginnings of SQLSTATE: connection exception, insufficient resources (a full disk, no memory, too many connections),
operator intervention (stopping, crashed, starting), system error (input and output)."""
READ_ONLY = "25006"
"""SQLSTATE of a server that only reads: a standby, or one whose disk somebody is making room on."""
SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
    }
)
"""SQLite's primary result codes; busy is another process that has held the only write lock for 20 s."""


def is_away(error: BaseException) -> bool:
    """Whether this error, or one that it was raised for, says that the database is away."""
    return any(_says_away(each) for each in _causes(error))


def _says_away(error: BaseException) -> bool:
    if isinstance(error, NoConnectionFree):
        return True
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or (error.orig is not None and _says_away(error.orig))
    if isinstance(error, psycopg.Error):
        # Without a state the server has not spoken: the connection could not be made, or it broke.
        if error.sqlstate is None:
            return isinstance(error, psycopg.OperationalError)
        return error.sqlstate == READ_ONLY or error.sqlstate.startswith(AWAY_CLASSES)
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in SQLITE_AWAY
    return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, as a traceback would tell it."""
    found: BaseException | None = error
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
