"""A class opened: its price and figures are frozen as they were reviewed (B1, K14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.db import refusing
from chassis.errors import Conflict, Invalid
from sqlalchemy.orm import Session

from billing.models.agreements import ClassOpening, PriceAgreement
from billing.rules.sources import Source


class OpeningFrozen(Conflict):
    """The class's opening figures are here already and never change."""

    code = "billing.opening.frozen"
    title = "该班级的开班费用已冻结"
    next_step = "开班费用以审核通过时为准，不能更改。"


class AgreementUnknown(Invalid):
    """The opening was reviewed on a price that billing never wrote."""

    code = "billing.agreement.unknown"
    title = "开班所依据的价格协议不存在"
    next_step = "请平台核对该班级的开班审核记录。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFigures:
    """What was reviewed at the opening. Money in fen."""

    class_id: UUID
    application_id: UUID
    provider_id: UUID
    dealer_id: UUID
    agreement_id: UUID
    per_head_fee_fen: int
    waived: bool
    planned_headcount: int
    name: str
    type: str
    start_day: date
    end_day: date
    region: Any
    review_log: Any
    opened_at: datetime


def freeze_opening(session: Session, *, figures: OpeningFigures, source: Source) -> ClassOpening:
    """Keep the figures, with the payment term of their agreement. Raises OpeningFrozen when they are here."""
    if session.get(ClassOpening, figures.class_id) is not None:
        raise OpeningFrozen
    agreement = session.get(PriceAgreement, figures.agreement_id)
    if agreement is None:
        raise AgreementUnknown(agreement_id=str(figures.agreement_id))
    opening = ClassOpening(
        class_id=figures.class_id,
        application_id=figures.application_id,
        provider_id=figures.provider_id,
        dealer_id=figures.dealer_id,
        agreement_id=figures.agreement_id,
        per_head_fee_fen=figures.per_head_fee_fen,
        term_days=agreement.term_days,
        waived=figures.waived,
        planned_headcount=figures.planned_headcount,
        name=figures.name,
        type=figures.type,
        start_day=figures.start_day,
        end_day=figures.end_day,
        region=figures.region,
        review_log=figures.review_log,
        opened_at=figures.opened_at,
        source_kind=source.kind,
        source_id=source.id,
    )
    with refusing(session, {"pk_class_openings": OpeningFrozen()}):
        session.add(opening)
    return opening
