"""One's own account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from flask import Flask
from identity import events
from identity.models import Account, DevelopmentMessage, Provider, SignIn
from identity.testing import PASSWORD, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity"
AccountMaker = Callable[..., Account]
NEW = "another good password"


def test_one_sees_and_renames_oneself(
    client: Tester, account: AccountMaker, provider: Provider, announced: Any
):
    me = account("registrar", provider=provider)
    mine = client.as_(as_actor(me))
    assert mine.get(f"{API}/me").json["name"] == me.name
    renamed = mine.put(f"{API}/me", json={"name": "新名字"}, headers={"If-Match": '"v1"'})
    assert (renamed.status_code, renamed.json["name"], renamed.headers["ETag"]) == (200, "新名字", '"v2"')
    assert announced(events.ACCOUNT_CHANGED)[-1]["name"] == "新名字"


def test_a_learner_who_signed_in_by_code_only_sets_a_password_with_a_code_to_the_own_number(
    client: Tester, session: Session, account: AccountMaker
):
    me = account("learner", mobile="13900000001", password_hash=None)
    mine = client.as_(as_actor(me))
    sent = mine.post(f"{API}/me/sms-codes")
    assert (sent.status_code, sent.json) == (202, {"expires_in": 300, "next_after": 60})
    assert mine.post(f"{API}/me/sms-codes").status_code == 429
    message = session.scalars(sa.select(DevelopmentMessage)).one()
    assert message.mobile == "13900000001"
    said = {"current_password": None, "code": message.code, "new_password": NEW}
    assert mine.put(f"{API}/me/password", json=said).status_code == 204
    assert mine.get(f"{API}/me").json["has_password"] is True


def test_no_code_is_sent_to_an_account_without_a_mobile_number(client: Tester, account: AccountMaker):
    answer = client.as_(as_actor(account("learner", login="learner1", mobile=None))).post(
        f"{API}/me/sms-codes"
    )
    assert (answer.status_code, answer.json["code"]) == (409, "identity.mobile.missing")


def test_a_changed_password_ends_all_sessions_but_this_one(
    app: Flask, account: AccountMaker, session: Session, clock: FrozenClock
):
    account("learner", login="learner1")
    here, there = app.test_client(), app.test_client()
    for browser in (here, there):
        browser.post(f"{API}/session", json={"login": "learner1", "password": PASSWORD})
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert here.put(f"{API}/me/password", json=change).status_code == 204
    assert here.get(f"{API}/session").status_code == 200
    assert there.get(f"{API}/session").status_code == 401
    assert there.post(f"{API}/session/refresh").status_code == 401
    session.expire_all()
    assert sorted(str(row.end_reason) for row in session.scalars(sa.select(SignIn))) == [
        "None",
        "password_changed",
    ]
    assert there.post(f"{API}/session", json={"login": "learner1", "password": PASSWORD}).status_code == 401
    assert there.post(f"{API}/session", json={"login": "learner1", "password": NEW}).status_code == 200


@pytest.mark.parametrize("proof", [{}, {"current_password": "wrong password"}, {"code": "000000"}])
def test_without_proof_nothing_changes_and_the_tries_are_counted(
    client: Tester, account: AccountMaker, proof: Any
):
    mine = client.as_(as_actor(account("learner", mobile="13900000001")))
    answers = [mine.put(f"{API}/me/password", json={"new_password": NEW, **proof}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[0].json["code"] == "identity.sign_in.wrong"


def test_a_learner_replaces_a_forgotten_password_with_a_code(
    client: Tester, account: AccountMaker, session: Session
):
    me = account("learner", mobile="13900000001", password_hash=None)
    client.anonymous.post(f"{API}/sms-codes", json={"mobile": "13900000001"})
    code = session.scalars(sa.select(DevelopmentMessage.code)).one()
    change = {"code": code, "new_password": NEW}
    assert client.as_(as_actor(me)).put(f"{API}/me/password", json=change).status_code == 204
    said = {"login": "13900000001", "password": NEW}
    assert client.anonymous.post(f"{API}/session", json=said).status_code == 200


@pytest.mark.parametrize("roles", [("registrar",), ("registrar", "learner")])
def test_staff_cannot_replace_a_password_with_a_code(
    client: Tester, account: AccountMaker, session: Session, provider: Provider, roles: tuple[str, ...]
):
    me = account(*roles, provider=provider, mobile="13900000001")
    client.anonymous.post(f"{API}/sms-codes", json={"mobile": "13900000001"})
    change = {"code": session.scalars(sa.select(DevelopmentMessage.code)).one(), "new_password": NEW}
    assert client.as_(as_actor(me)).put(f"{API}/me/password", json=change).status_code == 401


def test_a_weak_password_is_refused_before_anything_is_counted(client: Tester, account: AccountMaker):
    mine = client.as_(as_actor(account("learner")))
    answer = mine.put(f"{API}/me/password", json={"current_password": PASSWORD, "new_password": "12345678"})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "/new_password"


def test_a_disabled_account_has_no_page_any_more(client: Tester, account: AccountMaker):
    me = account("learner", active=False)
    mine = client.as_(as_actor(me))
    assert mine.get(f"{API}/me").status_code == 401
    assert mine.put(f"{API}/me", json={"name": "x"}, headers={"If-Match": '"v1"'}).status_code == 401
