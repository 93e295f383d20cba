"""Providers and dealers: made and changed by the platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chassis.db import insert, locked_shared, refusing, table_of
from chassis.errors import Conflict, FieldError, Invalid
from chassis.ids import new_id
from sqlalchemy.orm import Session

from identity import events
from identity.actions.revoking import revoke_tokens_of_programs, revoke_tokens_of_staff
from identity.models import Account, CodeSerial, Dealer, DealerClient, Provider
from identity.rules.serials import dealer_code, provider_code

_accounts, _clients = table_of(Account), table_of(DealerClient)


class ProviderNameTaken(Conflict):
    """Another provider has this registered name."""

    code = "identity.provider.name_taken"
    title = "已有同名的培训单位"
    next_step = "请核对登记名称；同一单位不要重复登记。"


class DealerNameTaken(Conflict):
    """Another dealer has this name."""

    code = "identity.dealer.name_taken"
    title = "已有同名的经销商"
    next_step = "请核对名称；同一经销商不要重复登记。"


class DealerNotThere(Invalid):
    """The dealer that a provider should belong to does not exist or is switched off."""

    code = "identity.provider.dealer_not_there"
    title = "所选经销商不存在或已停用"
    next_step = "请重新选择经销商。"


def create_provider(session: Session, wanted: Mapping[str, Any], *, now: datetime) -> Provider:
    """A new provider with the next six-digit code. Raises ProviderNameTaken or DealerNotThere."""
    _check_dealer(session, wanted)
    provider = Provider(id=new_id(), active=True, created_at=now, updated_at=now, **_complete(wanted))
    provider.code = provider_code(next_serial(session, "provider"))
    with refusing(session, {"uq_providers_name": ProviderNameTaken()}):
        session.add(provider)
    events.provider_changed(session, provider, now=now)
    return provider


def change_provider(
    session: Session, provider: Provider, wanted: Mapping[str, Any], *, now: datetime
) -> Provider:
    """Change the provider, locked by the caller; its code stays. Raises as above."""
    if wanted["dealer_id"] != provider.dealer_id:
        _check_dealer(session, wanted)
    was_active = provider.active
    with refusing(session, {"uq_providers_name": ProviderNameTaken()}):
        _assign(provider, _complete(wanted), now)
    if was_active and not provider.active:
        revoke_tokens_of_staff(session, _accounts.c.provider_id == provider.id, now=now)
    events.provider_changed(session, provider, now=now)
    return provider


def create_dealer(session: Session, wanted: Mapping[str, Any], *, now: datetime) -> Dealer:
    """A new dealer with the next code. Raises DealerNameTaken."""
    dealer = Dealer(id=new_id(), active=True, created_at=now, updated_at=now, **wanted)
    dealer.code = dealer_code(next_serial(session, "dealer"))
    with refusing(session, {"uq_dealers_name": DealerNameTaken()}):
        session.add(dealer)
    events.dealer_changed(session, dealer, now=now)
    return dealer


def change_dealer(session: Session, dealer: Dealer, wanted: Mapping[str, Any], *, now: datetime) -> Dealer:
    """Change the dealer, locked by the caller; its code stays. Raises DealerNameTaken."""
    was_active = dealer.active
    with refusing(session, {"uq_dealers_name": DealerNameTaken()}):
        _assign(dealer, wanted, now)
    if was_active and not dealer.active:
        revoke_tokens_of_staff(session, _accounts.c.dealer_id == dealer.id, now=now)
        revoke_tokens_of_programs(session, _clients.c.dealer_id == dealer.id, now=now)
    events.dealer_changed(session, dealer, now=now)
    return dealer


def next_serial(session: Session, series: str) -> int:
    """The next number of a series, from 1. The row lock holds until the commit, so none is given out twice."""
    first = insert(session, CodeSerial).values(series=series, last=1)
    raised = first.on_conflict_do_update(index_elements=["series"], set_={"last": CodeSerial.last + 1})
    return int(session.execute(raised.returning(CodeSerial.last)).scalar_one())


def _complete(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A payer's account has the registered name unless it is said otherwise (B7)."""
    return {**wanted, "account_name": wanted.get("account_name") or wanted["name"]}


def _check_dealer(session: Session, wanted: Mapping[str, Any]) -> None:
    dealer = locked_shared(session, Dealer, wanted["dealer_id"])
    if dealer is None or not dealer.active:
        said = FieldError(field="/dealer_id", code="unknown", message=DealerNotThere.title)
        raise DealerNotThere(fields=[said])


def _assign(row: Provider | Dealer, wanted: Mapping[str, Any], now: datetime) -> None:
    for name, value in wanted.items():
        setattr(row, name, value)
    row.updated_at = now
