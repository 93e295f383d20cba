"""Reading media and uploads."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session

from catalog.models import Medium, Upload
from catalog.queries.known import require_open_class
from catalog.queries.visibility import owned, visible
from catalog.rules.ownership import Scope
from catalog.rules.tickets import ItemTicket


class MediumUnknown(NotFound):
    """No such medium, or somebody else's."""

    code = "catalog.media.not_found"
    title = "文件不存在"
    next_step = "请刷新页面后重试；若文件已被删除，请重新上传。"


class UploadUnknown(NotFound):
    """No such upload, somebody else's, or one that was given up after a day."""

    code = "catalog.upload.not_found"
    title = "上传任务不存在或已过期"
    next_step = "请重新选择文件上传。"


def find_medium(session: Session, media_id: uuid.UUID, *, scope: Scope) -> Medium:
    """A medium that the account may look at. Raises MediumUnknown."""
    found = session.scalar(sa.select(Medium).where(Medium.id == media_id, visible(Medium.provider_id, scope)))
    if found is None:
        raise MediumUnknown
    return found


def medium_of_ticket(session: Session, media_id: uuid.UUID, *, ticket: ItemTicket) -> Medium:
    """The medium that an item ticket names; the ticket itself is the permission, as long as its class is open in its
    epoch (K27). Raises MediumUnknown, ClassNotOpen, TicketOutdated or ProjectionPending."""
    if ticket.media_id != media_id:
        raise MediumUnknown
    require_open_class(session, ticket.class_id, epoch=ticket.epoch)
    found = session.get(Medium, media_id)
    if found is None:
        raise MediumUnknown
    return found


def find_upload(session: Session, upload_id: uuid.UUID, *, account_id: uuid.UUID) -> Upload:
    """An upload that the account itself began. Raises UploadUnknown."""
    mine = sa.select(Upload).where(Upload.id == upload_id, Upload.created_by == account_id)
    found = session.scalar(mine)
    if found is None:
        raise UploadUnknown
    return found


def media_by_id(
    session: Session, ids: Collection[uuid.UUID], *, owner: uuid.UUID | None
) -> Mapping[uuid.UUID, Medium]:
    """Those of the media that belong to this owner."""
    own = Medium.provider_id.is_(None) if owner is None else Medium.provider_id == owner
    rows = session.scalars(sa.select(Medium).where(Medium.id.in_(ids), own))
    return {row.id: row for row in rows}


def select_media(scope: Scope, *, kind: str | None, state: str | None, text: str | None) -> sa.Select[Any]:
    """The media that the account may use in what it makes, newest first."""
    select = sa.select(Medium).where(owned(Medium.provider_id, scope))
    if kind is not None:
        select = select.where(Medium.kind == kind)
    if state is not None:
        select = select.where(Medium.state == state)
    if text:
        select = select.where(Medium.name.icontains(text, autoescape=True))
    return select.order_by(Medium.created_at.desc(), Medium.id.desc())
