"""The database of one service: engine, column types, locks, the one commit, migrations."""

from chassis.db.away import DatabaseError, is_away
from chassis.db.columns import HasId, HasTimes, JSONDocument, UtcDateTime, Versioned
from chassis.db.commit import after_commit, aside, autocommit, reading, transaction
from chassis.db.database import Database, make_engine, make_sessions
from chassis.db.locks import locked, locked_shared
from chassis.db.many import insert_missing, upsert_many
from chassis.db.statements import insert, table_of
from chassis.db.violations import refusing

__all__ = [
    "Database",
    "DatabaseError",
    "HasId",
    "HasTimes",
    "JSONDocument",
    "UtcDateTime",
    "Versioned",
    "after_commit",
    "aside",
    "autocommit",
    "insert",
    "insert_missing",
    "is_away",
    "locked",
    "locked_shared",
    "make_engine",
    "make_sessions",
    "reading",
    "refusing",
    "table_of",
    "transaction",
    "upsert_many",
]
