"""Whose access tokens end before their time: staff's and programs', at everything that takes something from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.testing import Tester, check_paper
from chassis.testing.plugin import FrozenClock
from identity import events
from identity.models import Account, Dealer, Provider
from identity.testing import PASSWORD, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity"
AccountMaker = Callable[..., Account]


def claims(client: Tester, login: str, password: str = PASSWORD) -> dict[str, Any]:
    """What a fresh token of the account says."""
    said = {"grant_type": "password", "login": login, "password": password}
    token = client.anonymous.post(f"{API}/tokens", json=said).json["access_token"]
    return dict(check_paper(token, typ="access"))


@pytest.fixture
def revoked(announced: Callable[[str], list[dict[str, Any]]]) -> Callable[[], list[tuple[str, int]]]:
    """Subject and least epoch of each announced revocation."""
    return lambda: [(each["subject_id"], each["least_epoch"]) for each in announced(events.ACCESS_REVOKED)]


@pytest.fixture
def teacher(account: AccountMaker, provider: Provider) -> Account:
    return account("class_teacher", provider=provider, login="teacher", name="李老师")


def change(platform: Any, person: Account, **wanted: Any) -> int:
    now = platform.get(f"{API}/accounts/{person.id}")
    body = {
        "name": now.json["name"],
        "login": now.json["login"],
        "mobile": now.json["mobile"],
        "roles": now.json["roles"],
        "provider_id": now.json["provider_id"],
        "dealer_id": now.json["dealer_id"],
    }
    headers = {"If-Match": now.headers["ETag"]}
    path = f"{API}/accounts/{person.id}"
    return int(platform.put(path, json={**body, **wanted}, headers=headers).status_code)


def test_switching_a_member_of_staff_off_revokes_and_on_again_does_not(
    platform: Any, client: Tester, teacher: Account, revoked: Any
):
    assert claims(client, "teacher")["epoch"] == 0
    for active in (False, True):
        version = platform.get(f"{API}/accounts/{teacher.id}").headers["ETag"]
        path = f"{API}/accounts/{teacher.id}/activity"
        assert platform.put(path, json={"active": active}, headers={"If-Match": version}).status_code == 200
    assert revoked() == [(str(teacher.id), 1)]
    assert claims(client, "teacher")["epoch"] == 1


def test_a_password_set_by_a_manager_revokes(platform: Any, client: Tester, teacher: Account, revoked: Any):
    path = f"{API}/accounts/{teacher.id}/password"
    assert platform.put(path, json={"password": "another password"}).status_code == 204
    assert revoked() == [(str(teacher.id), 1)]
    assert claims(client, "teacher", "another password")["epoch"] == 1


def test_a_password_changed_by_its_owner_revokes(client: Tester, teacher: Account, revoked: Any):
    said = {"current_password": PASSWORD, "new_password": "another password"}
    assert client.as_(as_actor(teacher)).put(f"{API}/me/password", json=said).status_code == 204
    assert revoked() == [(str(teacher.id), 1)]


def test_a_role_taken_or_given_revokes_and_a_new_name_does_not(
    platform: Any, client: Tester, teacher: Account, revoked: Any
):
    assert change(platform, teacher, name="李新老师") == 200
    assert revoked() == []
    assert change(platform, teacher, roles=["assistant"]) == 200
    assert revoked() == [(str(teacher.id), 1)]


def test_learners_tokens_carry_no_epoch_and_are_never_revoked(
    platform: Any, client: Tester, account: AccountMaker, revoked: Any
):
    learner = account("learner", login="learner1")
    assert claims(client, "learner1")["epoch"] is None
    platform.put(f"{API}/accounts/{learner.id}/password", json={"password": "another password"})
    assert revoked() == []


def test_switching_a_provider_off_revokes_its_staff_alone(
    platform: Any, account: AccountMaker, provider: Provider, teacher: Account, revoked: Any
):
    account("platform_reviewer")
    body = platform.get(f"{API}/providers/{provider.id}")
    wanted = {name: body.json[name] for name in ("name", "account_name", "dealer_id")} | {"active": False}
    headers = {"If-Match": body.headers["ETag"]}
    answer = platform.put(f"{API}/providers/{provider.id}", json=wanted, headers=headers)
    assert answer.status_code == 200, answer.json
    assert revoked() == [(str(teacher.id), 1)]


def test_switching_a_dealer_off_revokes_its_staff_and_its_programs(
    platform: Any, client: Tester, account: AccountMaker, dealer: Dealer, revoked: Any
):
    finance = account("dealer_finance", dealer=dealer)
    made = client.as_(as_actor(finance)).post(f"{API}/dealers/{dealer.id}/clients", json={"name": "对账程序"})
    body = platform.get(f"{API}/dealers/{dealer.id}")
    left_out = {"id", "code", "version", "created_at", "updated_at"}
    wanted = {name: value for name, value in body.json.items() if name not in left_out} | {"active": False}
    headers = {"If-Match": body.headers["ETag"]}
    answer = platform.put(f"{API}/dealers/{dealer.id}", json=wanted, headers=headers)
    assert answer.status_code == 200, answer.json
    assert set(revoked()) == {(str(finance.id), 1), (made.json["id"], 1)}


def test_a_revoked_programs_tokens_end(
    client: Tester, account: AccountMaker, dealer: Dealer, revoked: Any, session: Session
):
    finance = client.as_(as_actor(account("dealer_finance", dealer=dealer)))
    made = finance.post(f"{API}/dealers/{dealer.id}/clients", json={"name": "对账程序"}).json
    for _ in range(2):
        assert finance.delete(f"{API}/dealers/{dealer.id}/clients/{made['id']}").status_code == 204
    assert revoked() == [(made["id"], 1)]


def test_identity_itself_refuses_the_older_token(
    platform: Any, client: Tester, teacher: Account, account: AccountMaker, clock: FrozenClock
):
    said = {"grant_type": "password", "login": "teacher", "password": PASSWORD}
    tokens = client.anonymous.post(f"{API}/tokens", json=said).json
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert client.anonymous.get(f"{API}/providers", headers=bearer).status_code == 200
    platform.put(f"{API}/accounts/{teacher.id}/password", json={"password": "another password"})
    assert client.anonymous.get(f"{API}/providers", headers=bearer).status_code == 401
