"""The ledger: balances and movements with their sources (B9, B16)."""

from __future__ import annotations

from typing import Any

from chassis.web import Blueprint, current_actor, keyset, keyset_of, page_of, paginate, runtime

from billing.api.asking import viewer_of
from billing.models.ledger import LedgerEntry
from billing.queries import ledger as queries
from billing.schemas.ledger import BalanceArgs, BalanceOut, LedgerArgs, MovementOut

blp = Blueprint("accounts", "billing", description="Double-entry ledger")


@blp.route("/accounts", methods=["GET"])
@blp.arguments(BalanceArgs, location="query")
@blp.response(200, page_of(BalanceOut))
def list_accounts(args: dict[str, Any]) -> dict[str, Any]:
    """B9: the accounts of the viewer's books with their balances."""
    page = paginate(runtime().session, queries.balances(viewer=viewer_of(current_actor())), args)
    return {
        **page,
        "items": [
            {
                "provider_id": book.provider_id,
                "provider_name": provider_name,
                "dealer_id": book.dealer_id,
                "dealer_name": dealer_name,
                "kind": account.kind,
                "balance": account.balance,
            }
            for account, book, provider_name, dealer_name in page["items"]
        ],
    }


@blp.route("/accounts/ledger", methods=["GET"])
@blp.arguments(LedgerArgs, location="query")
@blp.response(200, keyset_of(MovementOut))
def list_ledger(args: dict[str, Any]) -> dict[str, Any]:
    """B9, B16: every movement of money in the viewer's books with what made it, the newest first."""
    session = runtime().session
    wanted = queries.movements(
        viewer=viewer_of(current_actor()), order_id=args["order_id"], provider_id=args["provider_id"]
    )
    page = keyset(session, wanted, [("id", LedgerEntry.id)], args)
    numbers = queries.order_numbers(session, page["items"])
    return {**page, "items": [_movement(entry, numbers[entry.order_id]) for entry in page["items"]]}


def _movement(entry: LedgerEntry, order_number: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.transaction.at,
        "kind": entry.kind,
        "debit": entry.debit.kind,
        "credit": entry.credit.kind,
        "amount": entry.amount,
        "order_id": entry.order_id,
        "order_number": order_number,
        "source": entry.transaction,
    }
