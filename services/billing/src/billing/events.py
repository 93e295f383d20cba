"""What billing announces: facts on the bus, and the same facts in the feed of the dealer concerned (B15)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from bus import announce
from chassis.db import insert
from chassis.ids import new_id
from chassis.money import yuan
from sqlalchemy import select
from sqlalchemy.orm import Session

from billing.models.agreements import PriceAgreement
from billing.models.feed import DealerEvent, DealerFeed
from billing.models.orders import Order
from billing.models.settlements import Settlement
from billing.rules.bills import Bill

OPENING_QUOTED = "billing.opening.quoted.v1"
GRADUATION_BILLED = "billing.graduation.billed.v1"
ORDER_CREATED = "billing.order.created.v1"
SETTLEMENT_SUBMITTED = "billing.settlement.submitted.v1"
SETTLEMENT_CONFIRMED = "billing.settlement.confirmed.v1"
SETTLEMENT_REJECTED = "billing.settlement.rejected.v1"

FOR_DEALERS = (ORDER_CREATED, SETTLEMENT_SUBMITTED, SETTLEMENT_CONFIRMED, SETTLEMENT_REJECTED)


def opening_quoted(
    session: Session,
    *,
    application_id: UUID,
    class_id: UUID,
    planned_headcount: int,
    agreement: PriceAgreement | None,
    now: datetime,
) -> None:
    """K12: the price of an opening, or that the provider has none."""
    fee = agreement.per_head_fee_fen if agreement else None
    data = {
        "application_id": str(application_id),
        "class_id": str(class_id),
        "priced": agreement is not None,
        "agreement_id": str(agreement.id) if agreement else None,
        "dealer_id": str(agreement.dealer_id) if agreement else None,
        "per_head_fee_fen": fee,
        "planned_headcount": planned_headcount,
        "amount_fen": None if fee is None else fee * planned_headcount,
    }
    _application(session, event_type=OPENING_QUOTED, application_id=application_id, data=data, now=now)


def graduation_billed(
    session: Session, *, application_id: UUID, class_id: UUID, epoch: int, bill: Bill, now: datetime
) -> None:
    """K28: what the frozen counts of this epoch come to."""
    data = {
        "application_id": str(application_id),
        "class_id": str(class_id),
        "epoch": epoch,
        "joined_count": bill.joined_count,
        "finished_count": bill.finished_count,
        "billed_headcount": bill.billed_headcount,
        "per_head_fee_fen": bill.per_head_fee_fen,
        "amount_fen": bill.amount_fen,
    }
    _application(session, event_type=GRADUATION_BILLED, application_id=application_id, data=data, now=now)


def order_created(session: Session, *, order: Order, feed: DealerFeed, now: datetime) -> None:
    """B2: a class became an order."""
    data = {
        "order_id": str(order.id),
        "order_number": order.number,
        "kind": order.kind,
        "provider_id": str(order.provider_id),
        "dealer_id": str(order.dealer_id),
        "class_id": str(order.class_id) if order.class_id else None,
        "billed_headcount": order.billed_headcount,
        "per_head_fee_fen": order.per_head_fee_fen,
        "amount_fen": order.amount_fen,
        "state": order.state,
        "created_at": moment(order.created_at),
    }
    subject = f"order/{order.id}"
    announce(session, type=ORDER_CREATED, aggregate=("order", order.id), subject=subject, data=data, now=now)
    tell_dealer(session, feed=feed, event_type=ORDER_CREATED, subject=subject, data=data, now=now)


def settlement_changed(
    session: Session, *, event_type: str, settlement: Settlement, feed: DealerFeed, now: datetime
) -> None:
    """B7 and B10: a settlement was submitted, confirmed or rejected, as `event_type` says."""
    data = {
        "settlement_id": str(settlement.id),
        "dealer_id": str(settlement.dealer_id),
        "provider_id": str(settlement.provider_id),
        "order_numbers": [part.order.number for part in settlement.parts],
        "amount_fen": settlement.amount_fen,
        "method": settlement.method,
        "reason": settlement.reason,
        "at": moment(now),
    }
    subject = f"settlement/{settlement.id}"
    announce(
        session, type=event_type, aggregate=("settlement", settlement.id), subject=subject, data=data, now=now
    )
    tell_dealer(session, feed=feed, event_type=event_type, subject=subject, data=data, now=now)


def hold_feed(session: Session, *, dealer_id: UUID) -> DealerFeed:
    """Lock the dealer's feed until the commit.

    Every action that tells a dealer something begins with this, before any other lock: so the positions of one
    dealer are given out in the order of the commits, and two actions of one dealer never wait crosswise.
    """
    statement = insert(session, DealerFeed).values(dealer_id=dealer_id, position=0)
    session.execute(statement.on_conflict_do_nothing())
    wanted = select(DealerFeed).where(DealerFeed.dealer_id == dealer_id).with_for_update()
    return session.execute(wanted, execution_options={"populate_existing": True}).scalar_one()


def tell_dealer(
    session: Session,
    *,
    feed: DealerFeed,
    event_type: str,
    subject: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Write one event into the feed that `hold_feed` has locked."""
    event_id = new_id()
    feed.position += 1
    envelope = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": "/kaike/billing",
        "type": event_type,
        "subject": subject,
        "time": moment(now),
        "datacontenttype": "application/json",
        "dataschema": f"urn:kaike:dealer-schema:{event_type}",
        "data": as_dealers_read(data),
    }
    session.add(
        DealerEvent(
            dealer_id=feed.dealer_id,
            position=feed.position,
            event_id=event_id,
            type=event_type,
            envelope=envelope,
            created_at=now,
        )
    )
    session.flush()


def as_dealers_read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The same content as on the bus, but money as everywhere outside: `amount_fen` 7500 → `amount` "75.00"."""
    return {
        name.removesuffix("_fen"): yuan(value) if name.endswith("_fen") and value is not None else value
        for name, value in data.items()
    }


def moment(at: datetime) -> str:
    """RFC 3339 in UTC, to the millisecond, with a Z."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _application(
    session: Session, *, event_type: str, application_id: UUID, data: dict[str, Any], now: datetime
) -> None:
    announce(
        session,
        type=event_type,
        aggregate=("application", application_id),
        subject=f"application/{application_id}",
        data=data,
        now=now,
    )
