"""What a browser does by its cookies must come from our own pages."""

from __future__ import annotations

import dataclasses

import pytest
from chassis import clock
from chassis.config import SettingMissing, Settings
from chassis.ids import new_id

PATH = "/api/v1/bakery/loaves"
RYE = {"name": "rye", "price": "1.00"}


@pytest.fixture
def write(client, actor, issuer):
    """Send a write with the access cookie; answers (status, code)."""
    token = issuer.access_token(actor("registrar", provider_id=new_id()), now=clock.now())

    def send(cookie="kaike", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.anonymous.post(PATH, json=RYE, headers={"Cookie": f"{cookie}={token}", **named})
        return answer.status_code, (answer.json or {}).get("code")

    return send


@pytest.fixture
def settings(app, monkeypatch):
    """Change the app's settings for one test."""

    def change(**said):
        runtime = app.extensions["kaike.runtime"]
        other = dataclasses.replace(runtime, settings=dataclasses.replace(runtime.settings, **said))
        monkeypatch.setitem(app.extensions, "kaike.runtime", other)

    return change


FOREIGN = (403, "auth.foreign_origin")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://localhost:8081"},
        {"Origin": "http://[::1"},
        {"Origin": "https://evil.example", "X_Forwarded_Host": "evil.example"},
        {"Origin": "https://evil.example", "Forwarded": "host=evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_foreign_page_writes_nothing(write, headers):
    assert write(**headers) == FOREIGN


def test_our_own_page_writes_and_so_does_a_program_without_an_origin(write):
    assert write(Origin="http://localhost")[0] == 201
    assert write()[0] in {201, 409}


def test_the_public_address_is_our_own_where_a_proxy_asks_by_another_name(write, settings):
    settings(public_url="https://kaike.example:8443")
    assert write(Origin="https://kaike.example:8443")[0] == 201
    assert write(Origin="https://kaike.example") == FOREIGN


def test_a_public_address_that_is_none_opens_nothing(write, settings):
    settings(public_url="kaike.example")
    assert write(Origin="null") == FOREIGN


def test_behind_tls_a_page_that_came_without_it_writes_nothing(write, settings):
    settings(tls=True)
    assert write(cookie="__Host-kaike", Origin="http://localhost") == FOREIGN
    assert write(cookie="__Host-kaike", Origin="https://localhost")[0] == 201
    assert write(Origin="https://localhost") == (401, "auth.sign_in_needed"), "the plain cookie is anybody's"


def test_a_foreign_page_reads_nothing_by_writing_without_a_cookie(client):
    answer = client.anonymous.post(PATH, json=RYE, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json["code"]) == FOREIGN


def test_a_bearer_token_counts_before_the_cookie_and_its_scheme_in_any_case(client, actor, issuer):
    good = issuer.access_token(actor("registrar", provider_id=new_id()), now=clock.now())
    for scheme in ("Bearer", "bearer", "BEARER"):
        answer = client.anonymous.get(PATH, headers={"Authorization": f"{scheme} {good}"})
        assert answer.status_code == 200
    both = {"Authorization": "Bearer x.y.z", "Cookie": f"kaike={good}"}
    assert client.anonymous.get(PATH, headers=both).status_code == 401


@pytest.mark.parametrize(
    ("environ", "tls"),
    [
        ({}, False),
        ({"KAIKE_TLS": "On"}, True),
        ({"KAIKE_TLS": "0", "KAIKE_PUBLIC_URL": "https://kaike.example"}, False),
        ({"KAIKE_PUBLIC_URL": "https://kaike.example"}, True),
        ({"KAIKE_TLS": "", "KAIKE_PUBLIC_URL": "http://kaike.example"}, False),
    ],
)
def test_whether_there_is_tls_is_said_or_follows_from_the_public_address(environ, tls):
    assert Settings.from_env("bakery", {"KAIKE_SECRET": "s" * 32, **environ}).tls is tls


@pytest.mark.parametrize(
    "environ",
    [
        {"KAIKE_SECRET": "s" * 32, "KAIKE_TLS": "maybe"},
        {"KAIKE_SECRET": "s" * 31},
        {"KAIKE_SECRET": ""},
        {"KAIKE_SECRET": "s" * 32, "KAIKE_ENV": "staging"},
    ],
)
def test_settings_that_would_be_dangerous_stop_the_start(environ):
    with pytest.raises(SettingMissing):
        Settings.from_env("bakery", environ)
