"""What must not happen is refused by the database itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.db.violations import violates
from chassis.testing.plugin import FrozenClock
from identity.models import Account, Dealer, Grant, Provider, SignIn, db
from identity.testing import a_dealer, a_provider
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

AccountMaker = Callable[..., Account]


def refused(session: Session, name: str, work: Callable[[], Any]) -> None:
    """The work breaks the named constraint."""

    def inside() -> None:
        with session.begin_nested():
            work()
            session.flush()

    with pytest.raises(IntegrityError) as caught:
        inside()
    assert violates(caught.value, name, db.metadata) or "FOREIGN KEY" in str(caught.value), str(caught.value)


@pytest.mark.parametrize("field", ["login", "mobile"])
def test_one_login_name_and_one_mobile_number_belong_to_one_account(
    session: Session, account: AccountMaker, field
):
    value = {"login": "twice", "mobile": "13900000001"}[field]
    account("learner", **{field: value})
    refused(session, f"uq_accounts_{field}", lambda: account("learner", **{field: value}))


def test_an_account_without_a_name_to_sign_in_with_cannot_be(session: Session, account: AccountMaker):
    refused(session, "ck_accounts_known_by", lambda: account("learner", login=None, mobile=None))


def test_a_grant_stands_in_the_accounts_own_provider_only(
    session: Session, account: AccountMaker, provider: Provider, clock: FrozenClock
):
    other = a_provider(session, now=clock.now)
    person = account("registrar", provider=provider)
    foreign = Grant(account_id=person.id, role="assistant", provider_id=other.id)
    refused(session, "fk_grants_own_provider", lambda: session.add(foreign))


def test_a_grant_stands_in_the_accounts_own_dealer_only(
    session: Session, account: AccountMaker, dealer: Dealer, clock: FrozenClock
):
    other = a_dealer(session, now=clock.now)
    person = account("account_manager", dealer=dealer)
    foreign = Grant(account_id=person.id, role="dealer_finance", dealer_id=other.id)
    refused(session, "fk_grants_own_dealer", lambda: session.add(foreign))


@pytest.mark.parametrize("role", ["registrar", "account_manager", "king"])
def test_a_role_without_its_organisation_cannot_be_granted(
    session: Session, account: AccountMaker, role: str
):
    person = account("learner")
    refused(session, "ck_grants_scope", lambda: session.add(Grant(account_id=person.id, role=role)))


def test_an_account_cannot_move_away_from_under_its_grants(
    session: Session, account: AccountMaker, provider: Provider, clock: FrozenClock
):
    person = account("registrar", provider=provider)
    other = a_provider(session, now=clock.now)
    move = sa.update(Account).where(Account.id == person.id).values(provider_id=other.id)
    refused(session, "fk_grants_own_provider", lambda: session.execute(move))


def test_codes_and_names_of_providers_and_dealers_are_unique(
    session: Session, dealer: Dealer, clock: FrozenClock
):
    a_provider(session, now=clock.now, dealer=dealer, code="000777", name="一所学校")
    again = {"now": clock.now, "dealer": dealer}
    refused(session, "uq_providers_code", lambda: a_provider(session, code="000777", **again))
    refused(session, "uq_providers_name", lambda: a_provider(session, name="一所学校", **again))
    refused(session, "ck_providers_code", lambda: a_provider(session, code="77", **again))
    refused(session, "uq_dealers_code", lambda: a_dealer(session, now=clock.now, code=dealer.code))
    refused(session, "uq_dealers_name", lambda: a_dealer(session, now=clock.now, name=dealer.name))


def test_a_session_that_ended_has_a_reason(session: Session, account: AccountMaker, clock: FrozenClock):
    times = {"began_at": clock.now, "expires_at": clock.now, "ended_at": clock.now}
    ended = SignIn(account_id=account("learner").id, device="", **times)
    refused(session, "ck_sign_ins_end", lambda: session.add(ended))
