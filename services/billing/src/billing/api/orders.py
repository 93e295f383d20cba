"""Orders (B5, B6)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from chassis import clock
from chassis.web import Blueprint, current_actor, page_of, paginate, runtime

from billing.api.asking import own_provider, viewer_of
from billing.api.settlements import settlement_out
from billing.queries import orders as queries
from billing.queries.order_summary import order_summary
from billing.schemas.orders import OrderArgs, OrderBrief, OrderOut, OrderSummaryOut

blp = Blueprint("orders", "billing", description="Orders")


@blp.route("/orders", methods=["GET"])
@blp.arguments(OrderArgs, location="query")
@blp.response(200, page_of(OrderBrief))
def list_orders(args: dict[str, Any]) -> dict[str, Any]:
    """B5: the viewer's orders by kind, state, day and text, the newest first."""
    today = clock.shanghai_day(clock.now())
    wanted = queries.OrderFilter(
        kind=args["kind"],
        state=args["state"],
        created_from=args["created_from"],
        created_to=args["created_to"],
        text=args["text"],
        provider_id=args["provider_id"],
    )
    select = queries.orders(viewer=viewer_of(current_actor()), wanted=wanted, today=today)
    page = paginate(runtime().session, select, args)
    return {**page, "items": [queries.order_row(*row, today=today) for row in page["items"]]}


@blp.route("/orders/summary", methods=["GET"])
@blp.response(200, OrderSummaryOut)
def summarise_orders() -> dict[str, Any]:
    """B5, B6: the own provider's orders by month, and what of them is still to be paid."""
    today = clock.shanghai_day(clock.now())
    return order_summary(runtime().session, provider_id=own_provider(current_actor()), today=today)


@blp.route("/orders/<uuid:order_id>", methods=["GET"])
@blp.response(200, OrderOut)
def get_order(order_id: UUID) -> dict[str, Any]:
    """B5: an order with lines, settlements, opening figures, class and review log."""
    now = clock.now()
    found = queries.order_details(
        runtime().session, viewer=viewer_of(current_actor()), order_id=order_id, today=clock.shanghai_day(now)
    )
    settlements = [settlement_out(one, found["provider_name"], now=now) for one in found["settlements"]]
    return {**found, "settlements": settlements}
