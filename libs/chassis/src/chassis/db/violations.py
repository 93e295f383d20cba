"""What the database refuses, told as a failure: the constraint is the rule, the `if` only a courtesy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import CheckConstraint, Constraint, Index, MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from chassis.errors import Failure


@contextmanager
def refusing(session: Session, failures: Mapping[str, Failure]) -> Iterator[None]:
    """Flush the block in a savepoint; a violation of a named constraint raises the failure given for it.

    `failures` maps the name of a unique constraint, unique index or check to what the caller is told.
    Any other violation goes on as it is.
    """
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        for name, failure in failures.items():
            if violates(error, name, session.info.get("metadata")):
                raise failure from error
        raise


def violates(error: IntegrityError, name: str, metadata: MetaData | None) -> bool:
    """Whether this error is a violation of the constraint with this name."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == name)
    text = str(error.orig)
    if text == f"CHECK constraint failed: {name}" or f"index '{name}'" in text:
        return True
    return metadata is not None and text in _sqlite_texts(name, metadata)


def _sqlite_texts(name: str, metadata: MetaData) -> set[str]:
    """SQLite names the columns of a broken unique constraint, not the constraint."""
    found: set[str] = set()
    for table in metadata.tables.values():
        rules: list[Constraint | Index] = [*table.constraints, *table.indexes]
        for rule in rules:
            if rule.name != name or isinstance(rule, CheckConstraint):
                continue
            if isinstance(rule, UniqueConstraint | Index) or rule is table.primary_key:
                columns = ", ".join(f"{table.name}.{column.name}" for column in rule.columns)
                found.add(f"UNIQUE constraint failed: {columns}")
    return found
