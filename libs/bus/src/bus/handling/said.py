"""What an error may say in logs and dead letters: where it happened and of what kind, never anybody's data."""

from __future__ import annotations

import traceback

from sqlalchemy.exc import DBAPIError, SQLAlchemyError


def said(error: BaseException) -> str:
    """One line. A database's message is left out: it quotes the rows that it complains about."""
    if isinstance(error, DBAPIError):
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        return f"{type(error).__name__} {type(error.orig).__name__} {constraint or ''}".rstrip()
    if isinstance(error, SQLAlchemyError):
        return type(error).__name__
    return f"{type(error).__name__}: {error}"[:300]


def where(error: BaseException) -> str:
    """The innermost places, outermost first."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(
        f"{frame.filename.rpartition('/src/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    )
