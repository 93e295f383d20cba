"""The one place in the suite that commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.orm import Session

_reading: ContextVar[bool] = ContextVar("reading", default=False)


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
        hook()


def after_commit(session: Session, hook: Callable[[], None]) -> None:
    """Run `hook` once when the present transaction has been committed; never when it is rolled back."""
    hooks = session.info.setdefault("after_commit", [])
    if hook not in hooks:
        hooks.append(hook)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside only read: on SQLite they take no write lock."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    """Whether the present context has promised only to read."""
    return _reading.get()
