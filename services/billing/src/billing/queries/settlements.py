"""Settlements: the list, and one (B7, B10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis.errors import NotFound
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from billing.models.known import KnownProvider
from billing.models.settlements import Settlement
from billing.queries.viewers import Viewer


class SettlementUnknown(NotFound):
    """No such settlement, or not yours."""

    code = "billing.settlement.not_found"
    title = "结算不存在"
    next_step = "请刷新结算列表后重试。"


def settlements(*, viewer: Viewer, state: str | None) -> Select[Any]:
    """(settlement, provider name) of the viewer's settlements, the newest first."""
    wanted = (
        select(Settlement, KnownProvider.name)
        .outerjoin(KnownProvider, KnownProvider.provider_id == Settlement.provider_id)
        .where(viewer.sees(Settlement))
        .order_by(Settlement.created_at.desc(), Settlement.id.desc())
    )
    return wanted.where(Settlement.state == state) if state else wanted


def settlement(session: Session, *, viewer: Viewer, settlement_id: UUID) -> tuple[Settlement, str | None]:
    """One settlement of the viewer's and its provider's name. Raises SettlementUnknown."""
    found = session.execute(
        settlements(viewer=viewer, state=None).where(Settlement.id == settlement_id)
    ).first()
    if found is None:
        raise SettlementUnknown
    return found[0], found[1]
