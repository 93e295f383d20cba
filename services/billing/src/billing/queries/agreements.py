"""Price agreements: the one in force, and the list (B1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.errors import NotFound
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from billing.models.agreements import PriceAgreement
from billing.models.known import KnownProvider
from billing.queries.viewers import Viewer
from billing.rules.agreements import in_force


class AgreementNotFound(NotFound):
    """No such agreement, or not yours."""

    code = "billing.agreement.not_found"
    title = "价格协议不存在"
    next_step = "请刷新列表后重试。"


def agreement_in_force(
    session: Session, *, provider_id: UUID, dealer_id: UUID | None, day: date
) -> PriceAgreement | None:
    """B1: what the provider pays on `day`, None when it has no price."""
    wanted = select(PriceAgreement).where(PriceAgreement.provider_id == provider_id)
    return in_force(session.scalars(wanted), dealer_id=dealer_id, day=day)


def agreements(*, viewer: Viewer, provider_id: UUID | None) -> Select[tuple[PriceAgreement]]:
    """The viewer's agreements, the newest first."""
    wanted = select(PriceAgreement).where(viewer.sees(PriceAgreement))
    if provider_id is not None:
        wanted = wanted.where(PriceAgreement.provider_id == provider_id)
    return wanted.order_by(PriceAgreement.valid_from.desc(), PriceAgreement.id.desc())


def agreement(session: Session, *, viewer: Viewer, agreement_id: UUID) -> PriceAgreement:
    """One agreement of the viewer's. Raises AgreementNotFound."""
    wanted = select(PriceAgreement).where(PriceAgreement.id == agreement_id, viewer.sees(PriceAgreement))
    found = session.scalar(wanted)
    if found is None:
        raise AgreementNotFound
    return found


def described(session: Session, rows: Sequence[PriceAgreement], *, day: date) -> list[dict[str, object]]:
    """Agreements with the provider's name and whether each is the one in force on `day`."""
    keys = {row.provider_id for row in rows}
    providers = {
        one.provider_id: one
        for one in session.scalars(select(KnownProvider).where(KnownProvider.provider_id.in_(keys)))
    }
    by_provider: dict[UUID, list[PriceAgreement]] = {}
    for one in session.scalars(select(PriceAgreement).where(PriceAgreement.provider_id.in_(providers))):
        by_provider.setdefault(one.provider_id, []).append(one)
    found = [in_force(by_provider[key], dealer_id=providers[key].dealer_id, day=day) for key in by_provider]
    forces = {one.id for one in found if one is not None}
    return [
        {
            "agreement": row,
            "provider_name": providers[row.provider_id].name if row.provider_id in providers else None,
            "in_force": row.id in forces,
        }
        for row in rows
    ]
