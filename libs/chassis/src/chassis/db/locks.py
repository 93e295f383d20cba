"""Row locks. On SQLite a writing transaction already holds the only write lock, so they cost nothing there."""

from __future__ import annotations

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session, class_mapper

Row = TypeVar("Row")


def locked(session: Session, model: type[Row], key: Any) -> Row | None:
    """The row with this primary key, locked FOR UPDATE and freshly read; None when there is none."""
    return _locked(session, model, key, read=False)


def locked_shared(session: Session, model: type[Row], key: Any) -> Row | None:
    """The row, locked FOR SHARE: any number of holders, but nobody changes it meanwhile."""
    return _locked(session, model, key, read=True)


def _locked(session: Session, model: type[Row], key: Any, *, read: bool) -> Row | None:
    # Not session.get(): that raises StaleDataError for a row that this session read before somebody else
    # changed it, which is just when a fresh reading is wanted. Only the row itself is locked, not what it joins.
    columns = class_mapper(model).primary_key
    values = key if isinstance(key, tuple) else (key,)
    wanted = sa.select(model).where(*(column == value for column, value in zip(columns, values, strict=True)))
    wanted = wanted.with_for_update(read=read, of=model)
    return session.scalars(wanted, execution_options={"populate_existing": True}).one_or_none()
