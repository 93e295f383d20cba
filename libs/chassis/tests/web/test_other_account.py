"""Tabs share their cookies: what a page sends for one account is never done as another (X12)."""

from __future__ import annotations

import pytest
from chassis import clock
from chassis.ids import new_id
from chassis.testing import Tester

PATH = "/api/v1/bakery/loaves"
RYE = {"name": "rye", "price": "1.00"}


@pytest.fixture
def baker(actor):
    return actor("registrar", provider_id=new_id())


@pytest.fixture
def by_cookie(client: Tester, issuer, baker):
    """Call with the baker's cookie; answers (status, code)."""
    token = issuer.access_token(baker, now=clock.now())

    def call(method: str, **headers: str):
        body = {"json": RYE} if method == "POST" else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.anonymous.call(method, PATH, headers={"Cookie": f"kaike={token}", **named}, **body)
        return answer.status_code, (answer.json or {}).get("code")

    return call


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_request_for_another_account_than_the_tokens_is_refused(by_cookie, method):
    assert by_cookie(method, Kaike_Account=str(new_id())) == (409, "auth.other_account")


def test_a_request_for_another_account_writes_nothing(by_cookie, client, baker):
    by_cookie("POST", Kaike_Account=str(new_id()))
    assert client.as_(baker).get(PATH).json["items"] == []


def test_a_request_for_another_account_is_refused_before_its_role_is_looked_at(client, actor, issuer):
    token = issuer.access_token(actor("nobody in particular"), now=clock.now())
    headers = {"Cookie": f"kaike={token}", "Kaike-Account": str(new_id())}
    assert client.anonymous.post(PATH, json=RYE, headers=headers).status_code == 409


def test_a_request_for_the_tokens_own_account_is_taken(by_cookie, baker):
    assert by_cookie("POST", Kaike_Account=str(baker.account_id).upper())[0] == 201


def test_a_request_that_names_no_account_is_taken(by_cookie):
    assert by_cookie("POST")[0] == 201


def test_a_bearer_token_is_held_to_the_named_account_too(client, baker):
    answer = client.as_(baker).get(PATH, headers={"Kaike-Account": str(new_id())})
    assert (answer.status_code, answer.json["code"]) == (409, "auth.other_account")
