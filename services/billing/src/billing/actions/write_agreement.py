"""An account manager writes a price agreement (B1)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.db import locked, refusing
from chassis.errors import Conflict, NotFound
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from billing.models.agreements import PriceAgreement
from billing.models.known import KnownProvider
from billing.rules.sources import Source


class ProviderUnknown(NotFound):
    """No such provider, or one of another dealer."""

    code = "billing.provider.not_found"
    title = "培训单位不存在"
    next_step = "请确认该培训单位由您所在的经销商服务；刚建立的单位请稍等几秒后重试。"


class AgreementWrittenMeanwhile(Conflict):
    """Two agreements of one provider were written at the same moment."""

    code = "billing.agreement.written_meanwhile"
    title = "另一份价格协议刚刚写入"
    next_step = "请刷新后核对最新的价格协议，再决定是否提交。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """B1, in fen. What is None was not agreed and cannot be bought."""

    per_head_fee_fen: int
    live_minute_fen: int | None = None
    self_built_courses_fen: int | None = None
    self_built_portal_fen: int | None = None
    popup_paper_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who writes, and for which dealer."""

    account_id: UUID
    name: str
    dealer_id: UUID | None


def write_agreement(
    session: Session,
    *,
    author: Author,
    provider_id: UUID,
    prices: Prices,
    term_days: int,
    valid_from: date,
    source: Source,
    now: datetime,
) -> PriceAgreement:
    """B1: a new agreement beside the old ones, which stay as they are.

    Raises ProviderUnknown unless the provider is the author's dealer's.
    """
    provider = locked(session, KnownProvider, provider_id)
    if provider is None or author.dealer_id is None or provider.dealer_id != author.dealer_id:
        raise ProviderUnknown
    last = session.scalar(
        select(func.max(PriceAgreement.number)).where(PriceAgreement.provider_id == provider_id)
    )
    agreement = PriceAgreement(
        provider_id=provider_id,
        number=(last or 0) + 1,
        dealer_id=author.dealer_id,
        **asdict(prices),
        term_days=term_days,
        valid_from=valid_from,
        written_by=author.account_id,
        written_by_name=author.name,
        created_at=now,
        source_kind=source.kind,
        source_id=source.id,
    )
    with refusing(session, {"uq_price_agreements_number": AgreementWrittenMeanwhile()}):
        session.add(agreement)
    return agreement
