"""Order numbers from a counter row (B4)."""

from __future__ import annotations

from datetime import date

from chassis.db import insert, refusing
from sqlalchemy.orm import Session

from billing.models.known import KnownProvider
from billing.models.orders import OrderSerial
from billing.rules.orders import SERIAL_MAX, OrderKind, SerialExhausted, order_number


def next_order_number(session: Session, *, kind: OrderKind, day: date, provider: KnownProvider) -> str:
    """B4: the next number of this kind, Shanghai day and provider. Its row stays locked until the commit.

    Raises SerialExhausted when the day's 99,999 are used up.
    """
    fresh = insert(session, OrderSerial).values(
        kind=kind.value, day=day, provider_id=provider.provider_id, last=1
    )
    raised = fresh.on_conflict_do_update(
        index_elements=["kind", "day", "provider_id"], set_={"last": OrderSerial.last + 1}
    ).returning(OrderSerial.last)
    with refusing(session, {"ck_order_serials_range": SerialExhausted(serial=SERIAL_MAX + 1)}):
        serial = session.execute(raised).scalar_one()
    return order_number(kind=kind, day=day, serial=serial, provider_code=provider.code)
