"""Builders for tests: what billing has heard of, and orders and settlements made by its own actions."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from chassis.ids import new_id
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from billing.actions.freeze_opening import OpeningFigures, freeze_opening
from billing.actions.make_class_order import Graduation, make_class_order
from billing.actions.submit_settlement import Payment, Person, submit_settlement
from billing.actions.write_agreement import Author, Prices, write_agreement
from billing.models import (
    ClassOpening,
    KnownDealer,
    KnownProvider,
    Order,
    PriceAgreement,
    Settlement,
    Voucher,
)
from billing.rules.sources import Source

PAYER = "某省某市某区某职业技能培训学校有限公司"
SOURCE = Source.event("01993000-0000-7000-9000-0000000000aa")
NOW = datetime.fromisoformat("2026-03-02T02:00:00+00:00")


def known_dealer(session: Session, **told: Any) -> KnownDealer:
    """A dealer that billing has heard of."""
    figures: dict[str, Any] = {
        "dealer_id": new_id(),
        "version": 1,
        "code": "00001",
        "name": "某省市某经销商",
        "bank_account_name": "某省市某经销商",
        "bank_name": "某银行某支行",
        "bank_account_number": "23456789-112",
        "contact_name": "某经理",
        "contact_phone": "13911223344",
        "active": True,
    }
    dealer = KnownDealer(**{**figures, **told})
    session.add(dealer)
    session.flush()
    return dealer


def known_provider(session: Session, *, dealer: KnownDealer, **told: Any) -> KnownProvider:
    """A provider that billing has heard of, served by `dealer`."""
    figures: dict[str, Any] = {
        "provider_id": new_id(),
        "version": 1,
        "code": "000240",
        "name": "某职业技能培训学校",
        "account_name": PAYER,
        "dealer_id": dealer.dealer_id,
        "active": True,
    }
    provider = KnownProvider(**{**figures, **told})
    session.add(provider)
    session.flush()
    return provider


def agreement(
    session: Session,
    *,
    provider: KnownProvider,
    fee_fen: int = 7500,
    term_days: int = 30,
    valid_from: date = date(2026, 1, 1),
    now: datetime = NOW,
) -> PriceAgreement:
    """A price agreement of the provider with its present dealer."""
    return write_agreement(
        session,
        author=Author(account_id=new_id(), name="某经理", dealer_id=provider.dealer_id),
        provider_id=provider.provider_id,
        prices=Prices(per_head_fee_fen=fee_fen),
        term_days=term_days,
        valid_from=valid_from,
        source=SOURCE,
        now=now,
    )


def review(
    *, kind: str = "opening", stage: str = "first", decided_at: str = "2026-03-01T15:41:08Z"
) -> dict[str, Any]:
    """A line of the review log."""
    return {
        "kind": kind,
        "stage": stage,
        "decision": "approved",
        "opinion": "审核通过",
        "reason": None,
        "reviewer_name": "某经理",
        "decided_at": decided_at,
    }


def opening(
    session: Session,
    *,
    agreement: PriceAgreement,
    class_id: UUID | None = None,
    waived: bool = False,
    **told: Any,
) -> ClassOpening:
    """A class that opened at this agreement's price."""
    figures: dict[str, Any] = {
        "class_id": class_id or new_id(),
        "application_id": new_id(),
        "provider_id": agreement.provider_id,
        "dealer_id": agreement.dealer_id,
        "agreement_id": agreement.id,
        "per_head_fee_fen": agreement.per_head_fee_fen,
        "waived": waived,
        "planned_headcount": 11,
        "name": "某企业某岗位第几班",
        "type": "vocational_skill",
        "start_day": date(2026, 3, 1),
        "end_day": date(2026, 3, 2),
        "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
        "review_log": [review()],
        "opened_at": NOW,
    }
    return freeze_opening(session, figures=OpeningFigures(**{**figures, **told}), source=SOURCE)


def class_order(
    session: Session,
    *,
    opening: ClassOpening,
    joined: int = 11,
    finished: int = 3,
    refund_fen: int = 0,
    now: datetime = NOW,
) -> Order:
    """The order of a class that graduated with these counts."""
    graduation = Graduation(
        class_id=opening.class_id,
        joined_count=joined,
        finished_count=finished,
        refund_fen=refund_fen,
        review_log=[review(), review(kind="graduation", decided_at="2026-03-02T01:00:00Z")],
    )
    return make_class_order(session, graduation=graduation, source=SOURCE, now=now)


def voucher(session: Session, *, provider_id: UUID, now: datetime = NOW) -> Voucher:
    """A voucher whose file nobody looks at."""
    made = Voucher(
        provider_id=provider_id,
        key=f"vouchers/00/{new_id().hex}.png",
        content_type="image/png",
        size=100,
        sha256="0" * 64,
        uploaded_by=new_id(),
        created_at=now,
        source_kind=SOURCE.kind,
        source_id=SOURCE.id,
    )
    session.add(made)
    session.flush()
    return made


def payment(*, amount_fen: int, voucher_id: UUID, payer: str = PAYER) -> Payment:
    """A transfer from the provider's own account."""
    return Payment(
        payer_account_name=payer,
        payer_account_number="6222000011112222",
        payer_bank="某银行",
        amount_fen=amount_fen,
        voucher_id=voucher_id,
        note=None,
    )


def settlement(session: Session, *orders: Order, now: datetime = NOW) -> Settlement:
    """A submitted bank settlement of these orders of one provider."""
    made = voucher(session, provider_id=orders[0].provider_id, now=now)
    return submit_settlement(
        session,
        provider_id=orders[0].provider_id,
        order_ids=[order.id for order in orders],
        payment=payment(amount_fen=sum(order.amount_fen for order in orders), voucher_id=made.id),
        submitted_by=Person(account_id=new_id(), name="商务"),
        source=SOURCE,
        now=now,
    )


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A real image."""
    held = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(held, kind)
    return held.getvalue()


def announced(session: Session, event_type: str | None = None) -> list[dict[str, Any]]:
    """The envelopes in the outbox, in order; of one type when it is named."""
    rows = session.execute(text("SELECT body FROM bus_outbox ORDER BY id")).scalars()
    envelopes: list[dict[str, Any]] = [json.loads(body) for body in rows]
    return [one for one in envelopes if event_type is None or one["type"] == event_type]
