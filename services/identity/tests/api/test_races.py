"""Two at once: one winner, and a clear word for the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis import clock
from chassis.db import transaction
from chassis.testing import race
from chassis.testing.plugin import Committed
from identity.actions.hashing import Hasher
from identity.actions.sign_in import tries_of
from identity.actions.wrong_tries import count_wrong_try
from identity.models import Account, DevelopmentMessage, Provider, SignIn, WrongTries
from identity.testing import PASSWORD, a_dealer, an_account, as_actor
from sqlalchemy.orm import Session

API = "/api/v1/identity"
MOBILE = "13900000001"


def make(live: Committed, work: Callable[..., Any]) -> Any:
    """Do `work` in a committed transaction and keep what it made readable."""
    with live.sessions(expire_on_commit=False) as session, transaction(session):
        made = work(session)
        if isinstance(made, Account):
            _ = made.roles
        return made


@pytest.fixture
def platform(live: Committed) -> Any:
    admin = make(live, lambda session: an_account(session, "platform_admin", now=clock.now()))
    return live.client.as_(as_actor(admin))


@pytest.fixture
def code(live: Committed) -> str:
    """A code that was sent to MOBILE."""
    assert live.client.anonymous.post(f"{API}/sms-codes", json={"mobile": MOBILE}).status_code == 202
    with live.sessions() as session:
        return session.scalars(sa.select(DevelopmentMessage.code)).one()


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_registrations_of_one_mobile_number_make_one_account(live: Committed, platform: Any):
    def register(login: str) -> Any:
        said = {"name": "李老师", "login": login, "mobile": MOBILE, "roles": ["learner"]}
        return platform.post(f"{API}/accounts", json=said)

    answers = race(lambda: register("one"), lambda: register("two"))
    assert statuses(answers) == [201, 409]
    lost = next(answer for answer in answers if answer.status_code == 409)
    assert lost.json["code"] == "identity.mobile.taken"
    with live.sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Account.mobile == MOBILE)) == 1


def test_one_code_brought_twice_lets_one_in_and_makes_one_account(live: Committed, code: str):
    def sign_in() -> Any:
        return live.client.anonymous.post(f"{API}/session", json={"mobile": MOBILE, "code": code})

    assert statuses(race(sign_in, sign_in, sign_in)) == [200, 401, 401]
    with live.sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Account.mobile == MOBILE)) == 1


def test_a_first_sign_in_and_a_registration_of_one_number_make_one_account(
    live: Committed, platform: Any, code: str
):
    def register() -> Any:
        said = {"name": "李老师", "mobile": MOBILE, "roles": ["learner"]}
        return platform.post(f"{API}/accounts", json=said)

    def sign_in() -> Any:
        return live.client.anonymous.post(f"{API}/session", json={"mobile": MOBILE, "code": code})

    registered, signed_in = race(register, sign_in)
    assert registered.status_code in (201, 409)
    assert signed_in.status_code == 200
    with live.sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).where(Account.mobile == MOBILE)) == 1


def test_one_refresh_token_brought_twice_at_once_is_two_tabs_of_one_session(live: Committed):
    make(live, lambda session: an_account(session, "learner", now=clock.now(), login="learner1"))
    by_password = {"grant_type": "password", "login": "learner1", "password": PASSWORD}
    token = live.client.anonymous.post(f"{API}/tokens", json=by_password).json["refresh_token"]

    def refresh() -> Any:
        said = {"grant_type": "refresh_token", "refresh_token": token}
        return live.client.anonymous.post(f"{API}/tokens", json=said)

    answers = race(refresh, refresh)
    assert statuses(answers) == [200, 200]
    assert len({answer.json["refresh_token"] for answer in answers}) == 1, "one chain of tokens"
    with live.sessions() as session:
        assert session.scalars(sa.select(SignIn)).one().ended_at is None


def test_a_burst_of_guesses_learns_no_more_than_the_free_tries(live: Committed):
    make(live, lambda session: an_account(session, "learner", now=clock.now(), login="learner1"))

    def guess(password: str) -> Callable[[], Any]:
        said = {"login": "learner1", "password": password}
        return lambda: live.client.anonymous.post(f"{API}/session", json=said)

    answers = race(*[guess(f"guess {number}") for number in range(8)])
    assert statuses(answers) == [401] * 5 + [429] * 3
    assert guess(PASSWORD)().status_code == 429


def test_while_a_password_is_hashed_others_write(live: Committed, monkeypatch: pytest.MonkeyPatch):
    make(live, lambda session: an_account(session, "learner", now=clock.now(), login="learner1"))
    held: list[int] = []

    def ask_meanwhile(self: Hasher, kept: str, password: str) -> bool:
        said = {"mobile": f"1390000000{len(held)}"}
        held.append(live.client.anonymous.post(f"{API}/sms-codes", json=said).status_code)
        return True

    monkeypatch.setattr(Hasher, "verify", ask_meanwhile)
    said = {"login": "learner1", "password": PASSWORD}
    assert live.client.anonymous.post(f"{API}/session", json=said).status_code == 200
    assert held == [202]


@pytest.fixture
def meanwhile(live: Committed, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Sign learner1 in with the right password, and do `work` while it is being hashed."""
    person = make(live, lambda session: an_account(session, "learner", now=clock.now(), login="learner1"))
    matches = Hasher.verify

    def sign_in(work: Callable[[Session, Account], Any]) -> Any:
        def work_and_match(self: Hasher, kept: str, password: str) -> bool:
            make(live, lambda session: work(session, session.get_one(Account, person.id)))
            return matches(self, kept, password)

        monkeypatch.setattr(Hasher, "verify", work_and_match)
        said = {"login": "learner1", "password": PASSWORD}
        return live.client.anonymous.post(f"{API}/session", json=said)

    return sign_in


def test_a_right_password_does_not_help_who_was_locked_while_it_was_hashed(
    live: Committed, meanwhile: Callable[..., Any]
):
    def guess_wrong(session: Session, account: Account) -> None:
        keys = tries_of(live.settings.secret("sign-in"), str(account.login), "127.0.0.1")
        for _ in range(5):
            count_wrong_try(session, keys, now=clock.now())

    assert meanwhile(guess_wrong).json["code"] == "identity.sign_in.locked"


def test_a_password_that_was_replaced_while_it_was_hashed_lets_nobody_in(meanwhile: Callable[..., Any]):
    def replace_it(_session: Session, account: Account) -> None:
        account.password_hash = "another"

    assert meanwhile(replace_it).json["code"] == "identity.sign_in.wrong"


def test_an_account_that_was_switched_off_while_its_password_was_hashed_stays_out(
    meanwhile: Callable[..., Any],
):
    def switch_off(_session: Session, account: Account) -> None:
        account.active = False

    assert meanwhile(switch_off).json["code"] == "identity.account.disabled"


def test_two_codes_asked_for_at_once_send_one(live: Committed):
    def ask() -> Any:
        return live.client.anonymous.post(f"{API}/sms-codes", json={"mobile": MOBILE})

    assert statuses(race(ask, ask, ask)) == [202, 429, 429]


def test_wrong_tries_at_once_are_all_counted_and_kept(live: Committed):
    def wrong() -> Any:
        said = {"login": "nobody", "password": "wrong password"}
        return live.client.anonymous.post(f"{API}/session", json=said)

    assert statuses(race(*[wrong] * 4)) == [401] * 4
    with live.sessions() as session:
        assert set(session.scalars(sa.select(WrongTries.count))) == {4}


def test_providers_registered_at_once_get_different_codes(live: Committed, platform: Any):
    dealer = make(live, lambda session: a_dealer(session, now=clock.now()))

    def register(number: int) -> Callable[[], Any]:
        said = {"name": f"学校{number}", "dealer_id": str(dealer.id)}
        return lambda: platform.post(f"{API}/providers", json=said)

    answers = race(*[register(number) for number in range(6)])
    assert statuses(answers) == [201] * 6
    with live.sessions() as session:
        codes = sorted(session.scalars(sa.select(Provider.code)))
    assert codes == [f"{number:06d}" for number in range(1, 7)]


def test_two_edits_of_one_account_have_one_winner(live: Committed, platform: Any):
    person = make(live, lambda session: an_account(session, "learner", now=clock.now(), login="learner1"))

    def edit(name: str) -> Callable[[], Any]:
        said = {"name": name, "login": "learner1", "roles": ["learner"]}
        return lambda: platform.put(f"{API}/accounts/{person.id}", json=said, headers={"If-Match": '"v1"'})

    assert statuses(race(edit("甲"), edit("乙"))) == [200, 412]
