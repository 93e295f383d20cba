"""Whose rows: the WHERE of every query that loads something for somebody."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from catalog.rules.ownership import Scope

Owner = InstrumentedAttribute[uuid.UUID | None]
TABS = ("official", "own")
"""C9: the tabs of the picker, 官方推荐 and 自建."""


def owned(column: Owner, scope: Scope) -> sa.ColumnElement[bool]:
    """Rows that the account may change."""
    mine: list[Any] = []
    if scope.official:
        mine.append(column.is_(None))
    if scope.provider_id is not None:
        mine.append(column == scope.provider_id)
    return sa.or_(sa.false(), *mine)


def visible(column: Owner, scope: Scope) -> sa.ColumnElement[bool]:
    """Rows that the account may look at when they are finished."""
    return sa.or_(column.is_(None), owned(column, scope))


def of_tab(column: Owner, tab: str | None, scope: Scope) -> sa.ColumnElement[bool]:
    """C9: official ones, or those of the account's own provider; both without a tab."""
    if tab == "official":
        return column.is_(None)
    if tab == "own":
        return sa.false() if scope.provider_id is None else column == scope.provider_id
    return sa.true()
