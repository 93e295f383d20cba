"""The one place in the suite that commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

import structlog
from sqlalchemy.orm import Session

log = structlog.get_logger(__name__)

_reading: ContextVar[bool] = ContextVar("reading", default=False)
_autocommit: ContextVar[bool] = ContextVar("autocommit", default=False)


@contextmanager
def transaction(session: Session) -> Iterator[Session]:
    """Commit when the block ends well, roll back when it raises; then run what waits for the commit.

    Used by the web layer (one request), the bus (one batch), jobs and commands; actions only flush.
    """
    try:
        yield session
        session.commit()
    except BaseException:
        session.info.pop("after_commit", None)
        session.rollback()
        raise
    for hook in session.info.pop("after_commit", []):
        try:
            hook()
        except Exception:
            # What is committed is done: whoever asked must not be told that it failed and do it again.
            log.exception("after_commit_failed")


def after_commit(session: Session, hook: Callable[[], None]) -> None:
    """Run `hook` once when the present transaction has been committed; never when it is rolled back.

    It may be lost with the process, and when it raises that is only logged: nothing may depend on it.
    """
    hooks = session.info.setdefault("after_commit", [])
    if hook not in hooks:
        hooks.append(hook)


@contextmanager
def aside(session: Session) -> Iterator[Session]:
    """A short session of its own beside `session`, only to read; it is over before slow work begins.

    A transaction held through such work keeps a connection from others, and on SQLite the only write lock.
    """
    with reading(), Session(session.get_bind(), join_transaction_mode="create_savepoint") as own:
        yield own


@contextmanager
def _promised(promise: ContextVar[bool]) -> Iterator[None]:
    token = promise.set(True)
    try:
        yield
    finally:
        promise.reset(token)


def reading() -> AbstractContextManager[None]:
    """Transactions begun inside only read: on SQLite they take no write lock."""
    return _promised(_reading)


def is_reading() -> bool:
    """Whether the present context has promised only to read."""
    return _reading.get()


def autocommit() -> AbstractContextManager[None]:
    """Transactions begun inside consist of one statement, which PostgreSQL commits by itself: BEGIN and COMMIT would
    be two round trips more. Who writes twice inside is not protected against half of it. SQLite knows no difference.
    """
    return _promised(_autocommit)


def is_autocommit() -> bool:
    """Whether the present context has promised one statement."""
    return _autocommit.get()
