"""Lists: numbered pages with a total inside one class or provider; pages by key for endless ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from chassis.errors import Invalid
from chassis.web import fields
from chassis.web.runtime import runtime
from chassis.web.schemas import Schema

MOST = 100


class CursorBroken(Invalid):
    """A cursor that this service did not give out, or gave out for another list."""

    code = "list.cursor_broken"
    title = "分页位置无效"
    next_step = "请从第一页重新开始读取。"


class PageArgs(Schema):
    """`page` from 1 and `page_size` (20, at most 100)."""

    page = fields.QueryInteger(minimum=1, maximum=100_000, load_default=1)
    page_size = fields.QueryInteger(minimum=1, maximum=MOST, load_default=20)


class KeyArgs(Schema):
    """`after`, the `next` of the page before, and `limit` (50, at most 100)."""

    after = fields.String(max_length=1000, load_default=None, allow_none=True)
    limit = fields.QueryInteger(minimum=1, maximum=MOST, load_default=50)


def page_of(item: type[Schema]) -> type[Schema]:
    """The schema of a numbered page of `item`s."""
    members = {
        "items": fields.List(fields.Nested(item), required=True),
        "total": fields.Integer(required=True),
        "page": fields.Integer(required=True),
        "page_size": fields.Integer(required=True),
    }
    return type(f"{item.__name__}Page", (Schema,), members)


def keyset_of(item: type[Schema]) -> type[Schema]:
    """The schema of a page by key of `item`s."""
    members = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.String(required=True, allow_none=True, max_length=1000),
    }
    return type(f"{item.__name__}Keyset", (Schema,), members)


def paginate(
    session: Session,
    select: sa.Select[Any],
    args: dict[str, Any],
    *,
    rows: Callable[[sa.Result[Any]], Sequence[Any]] | None = None,
) -> dict[str, Any]:
    """One numbered page of `select` (which must have an ORDER BY that ends in a unique column), with the total.

    Rows are ORM objects when the select has one entity, else Row tuples; `rows` decides otherwise.
    """
    page, size = args.get("page", 1), args.get("page_size", 20)
    total = session.scalar(sa.select(sa.func.count()).select_from(select.order_by(None).subquery())) or 0
    result = session.execute(select.limit(size).offset((page - 1) * size))
    if rows is not None:
        items = rows(result)
    else:
        items = result.scalars().all() if len(select.column_descriptions) == 1 else result.all()
    return {"items": items, "total": total, "page": page, "page_size": size}


def keyset(
    session: Session,
    select: sa.Select[Any],
    order: Sequence[tuple[str, Any]],
    args: dict[str, Any],
    *,
    descending: bool = True,
) -> dict[str, Any]:
    """One page by key: `order` is (attribute name of the item, column) pairs, the last one unique.

    The cursor is opaque and signed, and good only for the same columns.
    """
    names, columns = [name for name, _ in order], [column for _, column in order]
    after, limit = args.get("after"), args.get("limit", 50)
    if after:
        values = [
            sa.bindparam(None, v, type_=c.type)
            for v, c in zip(read_cursor(after, names), columns, strict=True)
        ]
        place = sa.tuple_(*columns), sa.tuple_(*values)
        select = select.where(place[0] < place[1] if descending else place[0] > place[1])
    select = select.order_by(None).order_by(*(c.desc() if descending else c.asc() for c in columns))
    result = session.execute(select.limit(limit + 1))
    items = list(result.scalars() if len(select.column_descriptions) == 1 else result)
    more = len(items) > limit
    items = items[:limit]
    return {
        "items": items,
        "next": write_cursor(names, [getattr(items[-1], n) for n in names]) if more else None,
    }


def write_cursor(names: Sequence[str], values: Sequence[Any]) -> str:
    """An opaque, signed place in a list."""
    body = json.dumps([list(names), [_plain(value) for value in values]], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_sign(body) + body).decode().rstrip("=")


def read_cursor(text: str, names: Sequence[str]) -> list[Any]:
    """The values in a cursor; raises CursorBroken for one that is not ours or not of this list."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        signature, body = raw[:16], raw[16:]
        if not hmac.compare_digest(signature, _sign(body)):
            raise CursorBroken
        said, values = json.loads(body)
    except (ValueError, TypeError):
        raise CursorBroken from None
    if said != list(names):
        raise CursorBroken
    return [_rich(value) for value in values]


def _sign(body: bytes) -> bytes:
    return hmac.new(runtime().settings.secret("cursor"), body, hashlib.sha256).digest()[:16]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return {"id": str(value)} if isinstance(value, uuid.UUID) else value


def _rich(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"]) if "at" in value else uuid.UUID(value["id"])
    return value
