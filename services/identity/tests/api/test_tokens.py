"""Bearer tokens for programs, and the keys that sign them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.papers import BadPaper, Papers
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from flask import Flask
from identity.models import Account, Dealer, Provider
from identity.testing import PASSWORD, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity"
AccountMaker = Callable[..., Account]


@pytest.fixture
def elsewhere(app: Flask, client: Tester) -> Callable[[], Papers]:
    """What another service makes of identity's tokens: it knows the published keys only."""

    def make() -> Papers:
        papers = Papers(app.extensions["kaike.runtime"].settings, trusts=("identity",))
        papers.trust("identity", client.anonymous.get(f"{API}/jwks").json)
        return papers

    return make


def tokens(client: Tester, **said: str) -> Any:
    return client.anonymous.post(f"{API}/tokens", json=said)


def by_password(client: Tester, login: str) -> Any:
    return tokens(client, grant_type="password", login=login, password=PASSWORD)


def test_an_access_token_says_who_is_asking_for_three_hundred_seconds(
    client: Tester,
    account: AccountMaker,
    provider: Provider,
    dealer: Dealer,
    elsewhere: Any,
    clock: FrozenClock,
):
    roles = ("registrar", "class_teacher", "account_manager", "learner")
    person = account(*roles, provider=provider, dealer=dealer, login="several")
    said = by_password(client, "several").json
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 300)
    claims = elsewhere().read(said["access_token"], typ="access", issuer="identity", now=clock.now)
    assert claims["exp"] - claims["iat"] == 300
    assert claims["sub"] == str(person.id)
    assert claims["name"] == person.name
    assert set(claims["roles"]) == set(roles)
    assert (claims["provider"], claims["dealer"]) == (str(provider.id), str(dealer.id))
    assert claims["sid"]


def test_a_token_of_one_kind_is_none_of_another(
    client: Tester, account: AccountMaker, elsewhere: Any, clock: FrozenClock
):
    account("learner", login="learner1")
    said = by_password(client, "learner1").json
    with pytest.raises(BadPaper):
        elsewhere().read(said["access_token"], typ="ticket", issuer="identity", now=clock.now)


def test_the_published_keys_have_no_private_part(client: Tester):
    keys = client.anonymous.get(f"{API}/jwks").json["keys"]
    assert keys
    assert all("d" not in key and key["alg"] == "ES256" for key in keys)


def test_a_refresh_token_rotates_and_its_late_return_ends_the_session(
    client: Tester, account: AccountMaker, clock: FrozenClock
):
    account("learner", login="learner1")
    first = by_password(client, "learner1").json["refresh_token"]
    second = tokens(client, grant_type="refresh_token", refresh_token=first).json["refresh_token"]
    assert first != second
    clock.advance(minutes=2, seconds=1)
    assert tokens(client, grant_type="refresh_token", refresh_token=first).status_code == 401
    assert tokens(client, grant_type="refresh_token", refresh_token=second).status_code == 401


@pytest.mark.parametrize("token", ["nonsense", "x" * 43])
def test_an_unknown_refresh_token_is_refused(client: Tester, token: str):
    answer = tokens(client, grant_type="refresh_token", refresh_token=token)
    assert (answer.status_code, answer.json["code"]) == (401, "identity.session.refresh_refused")


def test_refreshed_tokens_carry_the_roles_of_now(
    client: Tester,
    account: AccountMaker,
    provider: Provider,
    platform: Any,
    elsewhere: Any,
    clock: FrozenClock,
):
    person = account("registrar", provider=provider, login="registrar")
    refresh = by_password(client, "registrar").json["refresh_token"]
    change = {
        "name": person.name,
        "login": "registrar",
        "roles": ["assistant"],
        "provider_id": str(provider.id),
    }
    answer = platform.put(f"{API}/accounts/{person.id}", json=change, headers={"If-Match": '"v1"'})
    assert answer.status_code == 200
    said = tokens(client, grant_type="refresh_token", refresh_token=refresh).json
    claims = elsewhere().read(said["access_token"], typ="access", issuer="identity", now=clock.now)
    assert claims["roles"] == ["assistant"]


def test_a_disabled_account_is_not_refreshed(
    client: Tester, account: AccountMaker, session: Session, platform: Any
):
    person = account("learner", login="learner1")
    refresh = by_password(client, "learner1").json["refresh_token"]
    off = platform.put(
        f"{API}/accounts/{person.id}/activity", json={"active": False}, headers={"If-Match": '"v1"'}
    )
    assert off.status_code == 200
    assert tokens(client, grant_type="refresh_token", refresh_token=refresh).status_code == 401


def test_a_dealers_program_gets_tokens_of_its_dealer_and_no_refresh_token(
    client: Tester, account: AccountMaker, dealer: Dealer, elsewhere: Any, clock: FrozenClock
):
    finance = client.as_(as_actor(account("dealer_finance", dealer=dealer)))
    made = finance.post(f"{API}/dealers/{dealer.id}/clients", json={"name": "对账程序"})
    assert made.status_code == 201
    credentials = {"client_id": made.json["id"], "client_secret": made.json["client_secret"]}
    said = tokens(client, grant_type="client_credentials", **credentials).json
    assert said["refresh_token"] is None
    claims = elsewhere().read(said["access_token"], typ="access", issuer="identity", now=clock.now)
    assert (claims["sub"], claims["roles"], claims["dealer"]) == (
        made.json["id"],
        ["dealer_program"],
        str(dealer.id),
    )
    listed = finance.get(f"{API}/dealers/{dealer.id}/clients")
    assert credentials["client_secret"] not in listed.text
    assert finance.delete(f"{API}/dealers/{dealer.id}/clients/{made.json['id']}").status_code == 204
    assert tokens(client, grant_type="client_credentials", **credentials).status_code == 401


@pytest.mark.parametrize("client_id", ["nonsense", "01a20000-0000-7000-8000-000000000999"])
def test_wrong_client_credentials_are_counted_and_locked(client: Tester, client_id: str):
    said = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": "x"}
    assert [tokens(client, **said).status_code for _ in range(6)] == [401] * 5 + [429]


def test_programs_of_a_switched_off_dealer_are_not_let_in(
    client: Tester, account: AccountMaker, dealer: Dealer, session: Session
):
    finance = client.as_(as_actor(account("dealer_finance", dealer=dealer)))
    made = finance.post(f"{API}/dealers/{dealer.id}/clients", json={"name": "对账程序"}).json
    dealer.active = False
    session.flush()
    said = {"client_id": made["id"], "client_secret": made["client_secret"]}
    assert tokens(client, grant_type="client_credentials", **said).status_code == 401


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, {"/grant_type"}),
        ({"grant_type": "magic"}, {"/grant_type"}),
        ({"grant_type": "password", "login": "x"}, {"/password"}),
        ({"grant_type": "refresh_token"}, {"/refresh_token"}),
        ({"grant_type": "client_credentials", "client_id": "x"}, {"/client_secret"}),
        ({"grant_type": "sms_code", "mobile": "13900000001", "code": "1", "login": "x"}, {"/login"}),
    ],
)
def test_each_grant_needs_exactly_its_own_fields(client: Tester, said: dict[str, str], fields: set[str]):
    answer = tokens(client, **said)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == fields


def test_the_access_cookie_writes_from_our_own_pages_only(
    app: Flask, account: AccountMaker, session: Session
):
    account("learner", login="learner1")
    browser = app.test_client()
    browser.post(f"{API}/session", json={"login": "learner1", "password": PASSWORD})
    change = {"json": {"name": "新名字"}}
    foreign = browser.put(
        f"{API}/me", headers={"If-Match": '"v1"', "Origin": "https://evil.example"}, **change
    )
    assert (foreign.status_code, foreign.json["code"]) == (403, "auth.foreign_origin")
    own = browser.put(f"{API}/me", headers={"If-Match": '"v1"', "Origin": "http://localhost"}, **change)
    assert own.status_code == 200
