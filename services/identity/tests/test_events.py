"""What identity announces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bus import contracts
from chassis.testing.plugin import FrozenClock
from identity import events
from identity.models import Account, Dealer, Provider
from sqlalchemy.orm import Session

TYPES = [events.PROVIDER_CHANGED, events.DEALER_CHANGED, events.ACCOUNT_CHANGED]
AccountMaker = Callable[..., Account]
Announced = Callable[[str], list[dict[str, Any]]]


@pytest.mark.parametrize("kind", TYPES)
def test_every_example_fits_its_schema(kind: str):
    examples = contracts.examples_of(kind)
    assert examples
    for example in examples:
        contracts.check(kind, example["data"])
        assert example["type"] == kind


def test_a_providers_state_has_its_code_and_payers_name(
    session: Session, provider: Provider, clock: FrozenClock, announced: Announced
):
    events.provider_changed(session, provider, now=clock.now)
    assert announced(events.PROVIDER_CHANGED) == [
        {
            "provider_id": str(provider.id),
            "code": provider.code,
            "name": provider.name,
            "account_name": provider.account_name,
            "dealer_id": str(provider.dealer_id),
            "active": True,
        }
    ]


def test_an_accounts_state_never_has_its_login_or_mobile(
    session: Session, account: AccountMaker, provider: Provider, clock: FrozenClock, announced: Announced
):
    person = account("registrar", "learner", provider=provider, login="secretname", mobile="13912345678")
    events.account_changed(session, person, was_staff=False, now=clock.now)
    said = announced(events.ACCOUNT_CHANGED)[0]
    assert said["roles"] == ["registrar", "learner"]
    assert "secretname" not in str(said)
    assert "13912345678" not in str(said)


def test_learners_are_not_announced_but_who_stops_being_staff_is(
    session: Session, account: AccountMaker, clock: FrozenClock, announced: Announced
):
    person = account("learner")
    events.account_changed(session, person, was_staff=False, now=clock.now)
    assert announced(events.ACCOUNT_CHANGED) == []
    events.account_changed(session, person, was_staff=True, now=clock.now)
    assert announced(events.ACCOUNT_CHANGED)[0]["roles"] == ["learner"]


def test_a_rebuild_gets_the_present_state_of_everything_that_was_announced(
    session: Session, account: AccountMaker, provider: Provider, dealer: Dealer, clock: FrozenClock
):
    person = account("registrar", provider=provider)
    account("learner")
    events.account_changed(session, person, was_staff=False, now=clock.now)
    assert list(events.present_providers(session)) == [
        (("provider", provider.id), f"provider/{provider.id}", events.provider_state(provider))
    ]
    assert [state[0] for state in events.present_dealers(session)] == [("dealer", dealer.id)]
    assert [state[0] for state in events.present_accounts(session)] == [("account", person.id)]
    for kind, states in zip(
        TYPES, (events.present_providers, events.present_dealers, events.present_accounts), strict=True
    ):
        for _, _, data in states(session):
            contracts.check(kind, data)
