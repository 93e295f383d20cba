"""Signing in and out with cookies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.testing import Tester
from chassis.testing.plugin import FrozenClock
from flask import Flask
from flask.testing import FlaskClient
from identity.models import Account, Dealer, DevelopmentMessage, Provider, SignIn, WrongTries
from identity.rules.lockout import LIMITS, Subject
from identity.testing import PASSWORD, password_hash
from sqlalchemy.orm import Session

API = "/api/v1/identity"
MOBILE = "13900000001"
AccountMaker = Callable[..., Account]


@pytest.fixture
def browser(app: Flask, session: Session, clock: FrozenClock) -> FlaskClient:
    """A browser: keeps cookies."""
    return app.test_client()


def sign_in(browser: FlaskClient, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post(f"{API}/session", json={"login": login, "password": password}, **more)


def cookies_of(answer: Any) -> dict[str, str]:
    return {said.partition("=")[0]: said for said in answer.headers.getlist("Set-Cookie")}


def code_sent(session: Session, client: Tester, mobile: str = MOBILE) -> str:
    answer = client.anonymous.post(f"{API}/sms-codes", json={"mobile": mobile})
    assert (answer.status_code, answer.json) == (202, {"expires_in": 300, "next_after": 60})
    newest = sa.select(DevelopmentMessage.code).where(DevelopmentMessage.mobile == mobile)
    return session.scalars(newest.order_by(DevelopmentMessage.id.desc())).first() or ""


def test_signing_in_by_password_gives_cookies_that_no_script_and_no_other_site_gets(
    browser: FlaskClient, account: AccountMaker, provider: Provider
):
    person = account("registrar", provider=provider, login="registrar", mobile=MOBILE)
    answer = sign_in(browser, "registrar")
    assert answer.status_code == 200
    assert answer.json["account"] == {
        "id": str(person.id),
        "name": person.name,
        "login": "registrar",
        "mobile_masked": "139****0001",
        "roles": ["registrar"],
        "provider_id": str(provider.id),
        "dealer_id": None,
        "has_password": True,
        "version": 1,
    }
    cookies = cookies_of(answer)
    assert set(cookies) == {"kaike", "kaike-refresh", "kaike-device"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
    assert "Path=/;" in cookies["kaike"] + ";"
    for name in ("kaike-refresh", "kaike-device"):
        assert "Path=/api/v1/identity/session" in cookies[name]
    assert "access_token" not in answer.text


def test_under_tls_the_cookies_are_secure_and_bound_to_the_host(
    app: Flask, browser: FlaskClient, account: AccountMaker, monkeypatch: pytest.MonkeyPatch
):
    from dataclasses import replace

    runtime = app.extensions["kaike.runtime"]
    tls = replace(runtime, settings=replace(runtime.settings, tls=True))
    monkeypatch.setitem(app.extensions, "kaike.runtime", tls)
    account("platform_admin", login="platform")
    cookies = cookies_of(sign_in(browser, "platform"))
    assert set(cookies) == {"__Host-kaike", "__Secure-kaike-refresh", "__Secure-kaike-device"}
    assert all("Secure" in cookie for cookie in cookies.values())
    assert "Domain" not in cookies["__Host-kaike"]


@pytest.mark.parametrize("typed", ["Registrar", " registrar ", "139 0000 0001", "+8613900000001"])
def test_login_name_and_mobile_number_both_sign_in(browser: FlaskClient, account: AccountMaker, typed: str):
    account("learner", login="registrar", mobile=MOBILE)
    assert sign_in(browser, typed).status_code == 200


def test_the_signed_in_browser_knows_who_it_is_until_it_signs_out(
    browser: FlaskClient, account: AccountMaker
):
    account("learner", login="learner1")
    assert browser.get(f"{API}/session").status_code == 401
    sign_in(browser, "learner1")
    assert browser.get(f"{API}/session").json["account"]["login"] == "learner1"
    assert browser.delete(f"{API}/session").status_code == 204
    assert browser.get(f"{API}/session").status_code == 401
    assert browser.post(f"{API}/session/refresh").status_code == 401


def test_an_access_token_of_an_ended_session_says_no_more_who_one_is(
    browser: FlaskClient, account: AccountMaker, session: Session
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    kept = browser.get_cookie("kaike")
    assert kept is not None
    browser.delete(f"{API}/session")
    browser.set_cookie("kaike", kept.value)
    assert browser.get(f"{API}/session").status_code == 401


def test_signing_out_works_with_the_refresh_cookie_alone(
    browser: FlaskClient, account: AccountMaker, session: Session
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    browser.delete_cookie("kaike")
    assert browser.delete(f"{API}/session").status_code == 204
    assert session.scalars(sa.select(SignIn)).one().end_reason == "signed_out"


def test_signing_out_without_having_signed_in_is_harmless(browser: FlaskClient):
    assert browser.delete(f"{API}/session").status_code == 204


@pytest.mark.parametrize("kept", [{"kaike", "kaike-refresh"}, {"kaike-refresh"}])
def test_a_page_of_one_account_never_signs_out_another_that_signed_in_meanwhile(
    browser: FlaskClient, account: AccountMaker, session: Session, kept: set[str]
):
    page_of = account("learner", login="one")
    account("learner", login="two")
    sign_in(browser, "two")
    for name in {"kaike"} - kept:
        browser.delete_cookie(name)
    answer = browser.delete(f"{API}/session", headers={"Kaike-Account": str(page_of.id)})
    assert (answer.status_code, answer.json["code"]) == (409, "auth.other_account")
    assert cookies_of(answer) == {}
    assert session.scalars(sa.select(SignIn)).one().ended_at is None


@pytest.mark.parametrize(
    ("login", "password"), [("learner1", "wrong password"), ("nobody", PASSWORD), ("", "")]
)
def test_a_wrong_try_never_says_which_part_was_wrong(
    browser: FlaskClient, account: AccountMaker, login, password
):
    account("learner", login="learner1")
    answer = sign_in(browser, login or "x", password or "y")
    assert answer.status_code == 401
    assert answer.json["code"] == "identity.sign_in.wrong"
    assert answer.json["detail"] == "账号、密码或验证码不正确"
    assert cookies_of(answer) == {}


def test_an_account_without_a_password_has_no_password_that_fits(browser: FlaskClient, account: AccountMaker):
    account("learner", login="learner1", password_hash=None)
    assert sign_in(browser, "learner1", "nobody has this password").status_code == 401


def test_after_five_wrong_tries_even_the_right_password_waits(
    browser: FlaskClient, account: AccountMaker, clock: FrozenClock
):
    account("learner", login="learner1", mobile=MOBILE)
    for name in ("learner1", "LEARNER1", "learner1", " learner1", "learner1"):
        assert sign_in(browser, name, "wrong password").status_code == 401
    answer = sign_in(browser, "learner1")
    assert answer.status_code == 429
    assert answer.json["code"] == "identity.sign_in.locked"
    assert int(answer.headers["Retry-After"]) == 900
    clock.advance(minutes=15)
    assert sign_in(browser, "learner1").status_code == 200


@pytest.mark.parametrize("names", [("learner1", MOBILE), (MOBILE, "learner1")])
def test_a_lock_on_a_login_name_never_tells_which_phone_belongs_to_it(
    browser: FlaskClient, account: AccountMaker, names: tuple[str, str]
):
    account("learner", login="learner1", mobile=MOBILE)
    locked, other = names
    for _ in range(5):
        sign_in(browser, locked, "wrong password")
    assert sign_in(browser, locked, "wrong password").status_code == 429
    of_the_same, of_nobody = (
        [sign_in(browser, name, "wrong password").status_code for _ in range(6)]
        for name in (other, "13900000099")
    )
    assert of_the_same == of_nobody == [401] * 5 + [429]


def test_a_name_that_nobody_has_is_locked_just_the_same(browser: FlaskClient):
    answers = [sign_in(browser, "nobody", "wrong password").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]


def test_wrong_tries_count_by_the_address_that_the_gateway_names(
    browser: FlaskClient, account: AccountMaker, session: Session
):
    account("learner", login="learner1")
    there, elsewhere = {"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": "203.0.113.1"}
    sign_in(browser, "nobody", "wrong password", headers=there)
    almost = LIMITS[Subject.ADDRESS].tries - 1
    session.execute(sa.update(WrongTries).where(WrongTries.subject == "address").values(count=almost))
    assert sign_in(browser, "somebody", "wrong password", headers=there).status_code == 401
    assert sign_in(browser, "learner1", headers=there).status_code == 429
    assert sign_in(browser, "learner1", headers=elsewhere).status_code == 200


def test_a_classroom_of_fifty_behind_one_address_signs_in_with_twenty_typos(
    browser: FlaskClient, account: AccountMaker
):
    school = {"X-Forwarded-For": "203.0.113.50"}
    logins = [account("learner", login=f"learner{number}").login for number in range(50)]
    for login in [logins[0]] * 5 + [logins[1]] * 4 + logins[2:13]:
        assert sign_in(browser, str(login), "wrong password", headers=school).status_code == 401
    answers = [sign_in(browser, str(login), headers=school).status_code for login in logins]
    assert answers == [429, *[200] * 49]


def test_a_classroom_of_fifty_behind_one_address_gets_its_codes_and_signs_in_with_twenty_typos(
    browser: FlaskClient, client: Tester, session: Session
):
    school = {"X-Forwarded-For": "203.0.113.50"}
    codes = {}
    for number in range(50):
        mobile = f"139000001{number:02}"
        asked = client.anonymous.post(f"{API}/sms-codes", json={"mobile": mobile}, headers=school)
        assert asked.status_code == 202
        sent = sa.select(DevelopmentMessage.code).where(DevelopmentMessage.mobile == mobile)
        codes[mobile] = session.scalars(sent).one()
    mobiles = list(codes)
    for mobile in [mobiles[0]] * 5 + [mobiles[1]] * 4 + mobiles[2:13]:
        typo = {"mobile": mobile, "code": codes[mobile][::-1] + "0"}
        assert browser.post(f"{API}/session", json=typo, headers=school).status_code == 401
    answers = [
        browser.post(f"{API}/session", json={"mobile": mobile, "code": code}, headers=school).status_code
        for mobile, code in codes.items()
    ]
    assert answers == [429, *[200] * 49]


def test_a_disabled_account_is_told_so_only_with_the_right_password(
    browser: FlaskClient, account: AccountMaker
):
    account("learner", login="learner1", active=False)
    assert sign_in(browser, "learner1", "wrong password").status_code == 401
    answer = sign_in(browser, "learner1")
    assert (answer.status_code, answer.json["code"]) == (403, "identity.account.disabled")


def test_staff_of_a_switched_off_provider_have_no_role_left(
    browser: FlaskClient, account: AccountMaker, provider: Provider, session: Session
):
    account("registrar", provider=provider, login="registrar")
    provider.active = False
    session.flush()
    answer = sign_in(browser, "registrar")
    assert (answer.status_code, answer.json["code"]) == (403, "identity.account.no_role_left")


def test_refreshing_gives_new_cookies(browser: FlaskClient, account: AccountMaker, clock: FrozenClock):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    before = browser.get_cookie("kaike-refresh", path=f"{API}/session")
    clock.advance(seconds=299)
    answer = browser.post(f"{API}/session/refresh")
    assert answer.status_code == 200
    after = browser.get_cookie("kaike-refresh", path=f"{API}/session")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert browser.get(f"{API}/session").status_code == 200


def refresh_token(browser: FlaskClient) -> str:
    held = browser.get_cookie("kaike-refresh", path=f"{API}/session")
    assert held is not None
    return held.value


def refresh_with(browser: FlaskClient, token: str) -> Any:
    browser.set_cookie("kaike-refresh", token, path=f"{API}/session")
    return browser.post(f"{API}/session/refresh")


@pytest.mark.parametrize("seconds", [0, 1, 60, 90])
def test_a_refresh_whose_answer_was_lost_is_answered_again_with_the_same_successor(
    browser: FlaskClient, account: AccountMaker, clock: FrozenClock, seconds: int
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    first = refresh_token(browser)
    assert browser.post(f"{API}/session/refresh").status_code == 200
    lost = refresh_token(browser)
    clock.advance(seconds=seconds)
    assert refresh_with(browser, first).status_code == 200
    assert refresh_token(browser) == lost
    assert browser.get(f"{API}/session").status_code == 200
    clock.advance(minutes=5)
    assert browser.post(f"{API}/session/refresh").status_code == 200


def test_asking_again_does_not_prolong_the_grace(
    browser: FlaskClient, account: AccountMaker, clock: FrozenClock
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    first = refresh_token(browser)
    for _ in range(2):
        assert refresh_with(browser, first).status_code == 200
        clock.advance(seconds=61)
    assert refresh_with(browser, first).status_code == 401


def test_a_copied_token_used_within_the_grace_gets_no_chain_of_its_own(
    browser: FlaskClient, app: Flask, account: AccountMaker, session: Session, clock: FrozenClock
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    thief = app.test_client()
    device = browser.get_cookie("kaike-device", path=f"{API}/session")
    assert device is not None
    thief.set_cookie("kaike-device", device.value, path=f"{API}/session")  # copied with everything else
    stolen = refresh_token(browser)
    assert browser.post(f"{API}/session/refresh").status_code == 200
    clock.advance(seconds=5)
    assert refresh_with(thief, stolen).status_code == 200
    clock.advance(minutes=5)
    assert browser.post(f"{API}/session/refresh").status_code == 200
    clock.advance(minutes=3)
    assert thief.post(f"{API}/session/refresh").status_code == 401, "the copy is noticed"
    assert session.scalars(sa.select(SignIn)).one().end_reason == "token_reused"
    assert browser.post(f"{API}/session/refresh").status_code == 401


def test_an_old_token_ends_the_session_as_soon_as_its_successor_was_used(
    browser: FlaskClient, account: AccountMaker, session: Session
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    first = refresh_token(browser)
    for _ in range(2):
        assert browser.post(f"{API}/session/refresh").status_code == 200
    assert refresh_with(browser, first).status_code == 401
    assert session.scalars(sa.select(SignIn)).one().end_reason == "token_reused"


@pytest.mark.parametrize("used", [False, True])
@pytest.mark.parametrize("secret", [None, "of another browser"])
def test_a_refresh_token_in_another_browser_is_refused_and_ends_the_session(
    browser: FlaskClient,
    app: Flask,
    account: AccountMaker,
    session: Session,
    used: bool,
    secret: str | None,
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    stolen = refresh_token(browser)
    if used:
        assert browser.post(f"{API}/session/refresh").status_code == 200
    thief = app.test_client()
    if secret:
        thief.set_cookie("kaike-device", secret, path=f"{API}/session")
    assert refresh_with(thief, stolen).status_code == 401
    assert session.scalars(sa.select(SignIn)).one().end_reason == "token_reused"


def test_a_foreign_page_neither_refreshes_nor_ends_a_session(browser: FlaskClient, account: AccountMaker):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    browser.delete_cookie("kaike")  # the access cookie has ended, the refresh cookie has not
    foreign = {"Origin": "https://evil.example"}
    for method, path in (("POST", "session/refresh"), ("DELETE", "session"), ("POST", "session")):
        answer = browser.open(f"{API}/{path}", method=method, headers=foreign)
        assert (answer.status_code, answer.json["code"]) == (403, "auth.foreign_origin"), (method, path)
    assert browser.post(f"{API}/session/refresh").status_code == 200


def test_the_browser_is_told_how_long_its_access_still_lasts(
    browser: FlaskClient, account: AccountMaker, clock: FrozenClock
):
    account("learner", login="learner1")
    assert sign_in(browser, "learner1").json["expires_in"] == 300
    clock.advance(seconds=200)
    assert browser.get(f"{API}/session").json["expires_in"] == 100


def test_a_session_is_never_continued_from_before_the_sign_in(
    browser: FlaskClient, account: AccountMaker, session: Session
):
    account("learner", login="mine")
    account("learner", login="theirs")
    sign_in(browser, "theirs")
    planted = [browser.get_cookie("kaike"), browser.get_cookie("kaike-refresh", path=f"{API}/session")]
    sign_in(browser, "mine")
    kept = [browser.get_cookie("kaike"), browser.get_cookie("kaike-refresh", path=f"{API}/session")]
    assert all(a and b and a.value != b.value for a, b in zip(planted, kept, strict=True))
    assert browser.get(f"{API}/session").json["account"]["login"] == "mine"
    assert session.scalar(sa.select(sa.func.count()).select_from(SignIn)) == 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
        ("8.8.8.8, 198.51.100.7", "198.51.100.7", True),
    ],
)
def test_who_has_a_whole_network_of_addresses_is_counted_as_one(
    browser: FlaskClient, one: str, other: str, same: bool
):
    for _ in range(5):
        sign_in(browser, "nobody", "wrong password", headers={"X-Forwarded-For": one})
    answer = sign_in(browser, "nobody", "wrong password", headers={"X-Forwarded-For": other})
    assert answer.status_code == (429 if same else 401)


def test_a_refresh_token_that_comes_back_ends_the_session(
    browser: FlaskClient, account: AccountMaker, session: Session, clock: FrozenClock
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    stolen = browser.get_cookie("kaike-refresh", path=f"{API}/session")
    assert stolen is not None
    assert browser.post(f"{API}/session/refresh").status_code == 200
    newest = browser.get_cookie("kaike-refresh", path=f"{API}/session")
    assert newest is not None
    browser.set_cookie("kaike-refresh", stolen.value, path=f"{API}/session")
    clock.advance(minutes=2, seconds=1)
    answer = browser.post(f"{API}/session/refresh")
    assert (answer.status_code, answer.json["code"]) == (401, "identity.session.refresh_refused")
    assert session.scalars(sa.select(SignIn)).one().end_reason == "token_reused"
    browser.set_cookie("kaike-refresh", newest.value, path=f"{API}/session")
    assert browser.post(f"{API}/session/refresh").status_code == 401


def test_an_unused_session_ends_after_fourteen_days_and_any_after_sixty(
    browser: FlaskClient, account: AccountMaker, clock: FrozenClock
):
    account("learner", login="learner1")
    sign_in(browser, "learner1")
    for _ in range(4):
        clock.advance(days=13)
        assert browser.post(f"{API}/session/refresh").status_code == 200
    clock.advance(days=9)
    assert browser.post(f"{API}/session/refresh").status_code == 401
    sign_in(browser, "learner1")
    clock.advance(days=14)
    assert browser.post(f"{API}/session/refresh").status_code == 401


def test_the_first_code_makes_a_learners_account_and_the_next_finds_it(
    client: Tester, session: Session, browser: FlaskClient, clock: FrozenClock
):
    code = code_sent(session, client)
    first = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code})
    assert first.status_code == 200
    assert first.json["account"]["roles"] == ["learner"]
    assert first.json["account"]["name"] == "139****0001"
    assert first.json["account"]["has_password"] is False
    clock.advance(minutes=2)
    again = {"mobile": "139 0000 0001", "code": code_sent(session, client)}
    second = browser.post(f"{API}/session", json=again)
    assert second.json["account"]["id"] == first.json["account"]["id"]


@pytest.mark.parametrize("pasted", ["+86 139-0000-0001", "139\u200b0000\t0001", "１３９０００００００１"])
def test_a_mobile_number_and_a_code_are_taken_as_they_are_pasted(
    client: Tester, session: Session, browser: FlaskClient, pasted: str
):
    assert client.anonymous.post(f"{API}/sms-codes", json={"mobile": pasted}).status_code == 202
    code = session.scalars(sa.select(DevelopmentMessage.code)).one()
    said = {"mobile": pasted, "code": f" {code[:3]} {code[3:]}\n"}
    assert browser.post(f"{API}/session", json=said).status_code == 200


def test_a_code_works_once_and_a_wrong_one_says_nothing_more(
    client: Tester, session: Session, browser: FlaskClient
):
    code = code_sent(session, client)
    said = {"mobile": MOBILE, "code": code}
    wrong = browser.post(f"{API}/session", json={**said, "code": f"{(int(code) + 1) % 1_000_000:06d}"})
    assert (wrong.status_code, wrong.json["code"]) == (401, "identity.sign_in.wrong")
    assert browser.post(f"{API}/session", json=said).status_code == 200
    assert browser.post(f"{API}/session", json=said).status_code == 401


def test_wrong_codes_lock_too(client: Tester, session: Session, browser: FlaskClient):
    code_sent(session, client)
    answers = [
        browser.post(f"{API}/session", json={"mobile": MOBILE, "code": "abc"}).status_code for _ in range(6)
    ]
    assert answers == [401] * 5 + [429]


def test_a_code_gives_the_learners_role_alone_also_after_refreshing(
    client: Tester,
    session: Session,
    browser: FlaskClient,
    account: AccountMaker,
    provider: Provider,
    clock: FrozenClock,
):
    account("provider_admin", "learner", provider=provider, mobile=MOBILE, login="admin")
    answer = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code_sent(session, client)})
    assert answer.status_code == 200
    for _ in range(2):
        assert (answer.json["account"]["roles"], answer.json["account"]["provider_id"]) == (["learner"], None)
        assert answer.json["password_gives_more"] is True
        assert browser.get(f"{API}/accounts").status_code == 403
        said = browser.get(f"{API}/session").json
        assert (said["account"]["roles"], said["password_gives_more"]) == (["learner"], True)
        clock.advance(minutes=4)
        answer = browser.post(f"{API}/session/refresh")
    answer = sign_in(browser, "admin")
    assert (set(answer.json["account"]["roles"]), answer.json["password_gives_more"]) == (
        {"provider_admin", "learner"},
        False,
    )
    assert browser.get(f"{API}/accounts").status_code == 200


def test_a_program_gets_the_learners_role_alone_for_a_code(
    client: Tester, session: Session, account: AccountMaker, dealer: Dealer
):
    account("dealer_finance", "learner", dealer=dealer, mobile=MOBILE)
    said = {"grant_type": "sms_code", "mobile": MOBILE, "code": code_sent(session, client)}
    tokens = client.anonymous.post(f"{API}/tokens", json=said).json
    for _ in range(2):
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        seen = client.anonymous.get(f"{API}/session", headers=bearer).json["account"]
        assert (seen["roles"], seen["dealer_id"]) == (["learner"], None)
        again = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        tokens = client.anonymous.post(f"{API}/tokens", json=again).json


def test_a_mere_learner_is_told_of_no_other_roles(
    client: Tester, session: Session, browser: FlaskClient, account: AccountMaker
):
    account("learner", mobile=MOBILE)
    answer = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code_sent(session, client)})
    assert answer.json["password_gives_more"] is False


def test_a_staff_account_made_with_a_strangers_phone_shuts_nobody_out(
    client: Tester, session: Session, browser: FlaskClient, account: AccountMaker, provider: Provider
):
    claims = account("registrar", provider=provider, mobile=MOBILE, mobile_verified_at=None)
    answer = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code_sent(session, client)})
    assert answer.status_code == 200
    assert answer.json["account"]["roles"] == ["learner"]
    assert answer.json["account"]["id"] != str(claims.id)
    assert sign_in(browser, claims.login).status_code == 200, "nor its maker's staff"


def test_a_learners_account_that_claims_a_phone_becomes_its_owner_by_the_first_code(
    client: Tester, session: Session, browser: FlaskClient, account: AccountMaker
):
    made = account("learner", mobile=MOBILE, mobile_verified_at=None)
    answer = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code_sent(session, client)})
    assert answer.json["account"]["id"] == str(made.id)
    session.refresh(made)
    assert made.mobile_verified_at is not None


def test_a_number_and_password_are_the_owners_whoever_else_claims_the_number(
    browser: FlaskClient, account: AccountMaker, provider: Provider
):
    account(
        "registrar",
        provider=provider,
        mobile=MOBILE,
        mobile_verified_at=None,
        password_hash=password_hash("another good password"),
    )
    owner = account("learner", mobile=MOBILE)
    assert sign_in(browser, MOBILE).json["account"]["id"] == str(owner.id)
    assert sign_in(browser, MOBILE, "another good password").status_code == 401


def test_a_number_that_nobody_has_proven_signs_in_the_account_that_claimed_it_first(
    browser: FlaskClient, account: AccountMaker, provider: Provider, clock: FrozenClock
):
    first = account("registrar", provider=provider, mobile=MOBILE, mobile_verified_at=None)
    clock.advance(seconds=1)
    account("platform_reviewer", mobile=MOBILE, mobile_verified_at=None)
    assert sign_in(browser, MOBILE).json["account"]["id"] == str(first.id)


def test_a_code_never_opens_a_staff_account(
    client: Tester, session: Session, browser: FlaskClient, account: AccountMaker, dealer: Dealer
):
    account("dealer_finance", dealer=dealer, mobile=MOBILE)
    answer = browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code_sent(session, client)})
    assert (answer.status_code, answer.json["code"]) == (403, "identity.sign_in.password_needed")


def test_the_second_code_within_a_minute_waits(client: Tester, session: Session):
    code_sent(session, client)
    answer = client.anonymous.post(f"{API}/sms-codes", json={"mobile": MOBILE})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")


def test_the_development_page_shows_the_codes_newest_first(
    client: Tester, session: Session, clock: FrozenClock
):
    first = code_sent(session, client)
    clock.advance(minutes=1)
    second = code_sent(session, client, "13900000002")
    items = client.anonymous.get(f"{API}/dev/sms").json["items"]
    assert [(item["mobile"], item["code"]) for item in items] == [("13900000002", second), (MOBILE, first)]


def test_in_production_there_is_no_development_page_and_no_embedded_sender(
    app: Flask, client: Tester, session: Session, monkeypatch: pytest.MonkeyPatch
):
    from dataclasses import replace

    runtime = app.extensions["kaike.runtime"]
    production = replace(runtime, settings=replace(runtime.settings, env="production"), extras={})
    monkeypatch.setitem(app.extensions, "kaike.runtime", production)
    assert client.anonymous.get(f"{API}/dev/sms").status_code == 404
    answer = client.anonymous.post(f"{API}/sms-codes", json={"mobile": MOBILE})
    assert (answer.status_code, answer.json["code"]) == (503, "identity.sms.unavailable")


def test_when_too_many_sign_in_at_once_the_next_is_told_to_come_back(app: Flask, browser: FlaskClient):
    from contextlib import ExitStack

    from identity.config import hashing

    with ExitStack() as places, app.app_context():
        for _ in range(8):
            places.enter_context(hashing().place())
        answer = sign_in(browser, "learner1")
    assert (answer.status_code, answer.json["code"]) == (503, "identity.sign_in.busy")
    assert answer.headers["Retry-After"] == "2"


def test_who_signs_in_by_code_waits_for_no_password(
    app: Flask, client: Tester, session: Session, browser: FlaskClient
):
    from contextlib import ExitStack

    from identity.config import hashing

    code = code_sent(session, client)
    with ExitStack() as places, app.app_context():
        for _ in range(8):
            places.enter_context(hashing().place())
        assert browser.post(f"{API}/session", json={"mobile": MOBILE, "code": code}).status_code == 200


BAD = [
    ({}, {"/login", "/password"}),
    ({"login": "x"}, {"/password"}),
    ({"mobile": MOBILE}, {"/code"}),
    ({"login": "x", "password": "y", "code": "1"}, {"/login", "/password", "/mobile"}),
    ({"login": 7, "password": "y"}, {"/login"}),
    ({"login": "x", "password": "y", "admin": True}, {"/admin"}),
    ({"login": "x", "password": "p" * 201}, {"/password"}),
    ({"login": None, "password": "y"}, {"/login"}),
]


@pytest.mark.parametrize(("body", "fields"), BAD)
def test_a_bad_body_is_a_problem_that_names_the_fields(browser: FlaskClient, body: Any, fields: set[str]):
    answer = browser.post(f"{API}/session", json=body)
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == fields


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b'"text"', "application/json", 422),
        (b"[]", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        (b"login=x", "application/x-www-form-urlencoded", 415),
        (b"x" * 10_000_000, "application/json", 413),
    ],
)
def test_a_body_that_is_no_json_object_is_a_problem(
    browser: FlaskClient, data: bytes, kind: str, status: int
):
    answer = browser.post(f"{API}/session", data=data, content_type=kind)
    assert answer.content_type == "application/problem+json"
    assert answer.status_code == status
    assert answer.json["title"]
