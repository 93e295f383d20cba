"""Billing's tables."""

from billing.models.agreements import ClassOpening, PriceAgreement
from billing.models.base import Model, db
from billing.models.feed import DealerEvent, DealerFeed
from billing.models.known import KnownClass, KnownDealer, KnownProvider
from billing.models.ledger import LedgerAccount, LedgerBook, LedgerEntry, LedgerTransaction
from billing.models.orders import Order, OrderLine, OrderSerial
from billing.models.settlements import Settlement, SettlementOrder, Voucher

__all__ = [
    "ClassOpening",
    "DealerEvent",
    "DealerFeed",
    "KnownClass",
    "KnownDealer",
    "KnownProvider",
    "LedgerAccount",
    "LedgerBook",
    "LedgerEntry",
    "LedgerTransaction",
    "Model",
    "Order",
    "OrderLine",
    "OrderSerial",
    "PriceAgreement",
    "Settlement",
    "SettlementOrder",
    "Voucher",
    "db",
]
