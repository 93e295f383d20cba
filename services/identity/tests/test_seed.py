"""The demo data of `make run`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from flask import Flask
from identity import events
from identity.models import Account, Dealer, Provider
from identity.rules.passwords import check_password
from identity.rules.roles import ALL_ROLES
from identity.seed import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    DEMO_PROVIDER_ID,
    SECOND_PROVIDER_ID,
    SeedRefused,
    demo_accounts,
    seed,
)
from sqlalchemy.orm import Session


def counts(session: Session) -> list[int]:
    return [
        session.scalar(sa.select(sa.func.count()).select_from(m)) or 0 for m in (Account, Provider, Dealer)
    ]


def test_there_is_an_account_of_every_role_and_twelve_learners(session: Session, clock: FrozenClock):
    seed(session, clock.now)
    held = [role for account in session.scalars(sa.select(Account)) for role in account.roles]
    assert set(held) == set(ALL_ROLES)
    assert held.count("learner") == 12
    assert {a.login for a in DEMO_ACCOUNTS if a.is_learner} == {f"{13900000000 + n}" for n in range(1, 13)}


def test_seeding_twice_changes_nothing_and_keeps_what_was_edited(
    session: Session, clock: FrozenClock, announced: Callable[[str], list[dict[str, Any]]]
):
    seed(session, clock.now)
    provider = session.get_one(Provider, DEMO_PROVIDER_ID)
    provider.name = "改过的名字"
    session.flush()
    before, said = counts(session), len(announced(events.ACCOUNT_CHANGED))
    seed(session, clock.now)
    assert counts(session) == before == [len(DEMO_ACCOUNTS), 2, 2]
    assert len(announced(events.ACCOUNT_CHANGED)) == said == 13
    assert session.get_one(Provider, DEMO_PROVIDER_ID).name == "改过的名字"


def test_the_two_providers_have_different_codes_and_dealers(session: Session, clock: FrozenClock):
    seed(session, clock.now)
    first = session.get_one(Provider, DEMO_PROVIDER_ID)
    second = session.get_one(Provider, SECOND_PROVIDER_ID)
    assert (first.code, second.code) == ("000001", "000002")
    assert first.dealer_id != second.dealer_id


def test_the_printed_accounts_can_sign_in(session: Session, client: Tester, clock: FrozenClock):
    seed(session, clock.now)
    for account in [*demo_accounts()[:9], demo_accounts()[-1]]:
        said = {"login": account["login"], "password": account["password"]}
        answer = client.anonymous.post("/api/v1/identity/session", json=said)
        assert answer.status_code == 200, account["login"]
        assert account["who"]


def test_the_demo_password_would_be_taken_from_anybody():
    for account in DEMO_ACCOUNTS:
        check_password(DEMO_PASSWORD, login=account.login, mobile=None)


def test_production_refuses_public_passwords(app: Flask, session: Session, clock: FrozenClock, monkeypatch):
    from dataclasses import replace

    runtime = app.extensions["kaike.runtime"]
    production = replace(runtime, settings=replace(runtime.settings, env="production"))
    monkeypatch.setitem(app.extensions, "kaike.runtime", production)
    with app.app_context(), pytest.raises(SeedRefused):
        seed(session, clock.now)
