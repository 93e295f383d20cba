"""Identity has the sessions: what comes from an ended one is refused there, however good its token still is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chassis.testing import Tester
from identity.models import Account, Provider
from identity.testing import PASSWORD

API = "/api/v1/identity"
AccountMaker = Callable[..., Account]


@pytest.fixture
def admins_token(client: Tester, account: AccountMaker, provider: Provider) -> dict[str, str]:
    """The header of a provider's administrator who has signed in."""
    account("provider_admin", provider=provider, login="admin")
    said = {"grant_type": "password", "login": "admin", "password": PASSWORD}
    token = client.anonymous.post(f"{API}/tokens", json=said).json["access_token"]
    return {"Authorization": f"Bearer {token}"}


def writes(client: Tester, headers: dict[str, str]) -> int:
    new = {"name": "李老师", "login": "liwei", "password": "a good password", "roles": ["registrar"]}
    return client.anonymous.post(f"{API}/accounts", json=new, headers=headers).status_code


def test_an_open_session_writes(client: Tester, admins_token: dict[str, str]):
    assert writes(client, admins_token) == 201


def test_a_session_that_was_signed_out_writes_nothing(client: Tester, admins_token: dict[str, str]):
    assert client.anonymous.delete(f"{API}/session", headers=admins_token).status_code == 204
    assert writes(client, admins_token) == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "me"), ("PUT", "me"), ("PUT", "me/password"), ("GET", "accounts"), ("GET", "providers")],
)
def test_a_session_that_was_signed_out_does_nothing_else_either(
    client: Tester, admins_token: dict[str, str], method: str, path: str
):
    client.anonymous.delete(f"{API}/session", headers=admins_token)
    answer = client.anonymous.call(method, f"{API}/{path}", headers=admins_token)
    assert (answer.status_code, answer.json["code"]) == (401, "auth.sign_in_needed")


@pytest.mark.parametrize("ending", ["switched off", "password set"])
def test_an_account_that_was_switched_off_or_got_another_password_writes_nothing(
    client: Tester, platform: Any, admins_token: dict[str, str], ending: str
):
    me = client.anonymous.get(f"{API}/me", headers=admins_token)
    account_id, version = me.json["id"], {"If-Match": me.headers["ETag"]}
    if ending == "switched off":
        done = platform.put(f"{API}/accounts/{account_id}/activity", json={"active": False}, headers=version)
    else:
        done = platform.put(f"{API}/accounts/{account_id}/password", json={"password": "another password"})
    assert done.status_code in (200, 204)
    assert writes(client, admins_token) == 401
