"""The accounts of the demo data, signed in, and the roster's eleven people."""

import importlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from suite.demo.client import Client, wait_for

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
HEADCOUNT = 11


@dataclass(frozen=True)
class Person:
    """A learner as the roster knows them, and the mobile number they sign in with."""

    name: str
    document_number: str
    sex: str
    mobile: str
    password: str


def document_number(place: int) -> str:
    """A valid resident ID number (GB 11643) of a person born in 1990; odd places are men."""
    body = f"110105199001{place:02d}{place:02d}{1 if place % 2 else 2}"
    return body + CHECK_DIGITS[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


class People:
    """Everybody who takes part. Staff sign in when they are first needed."""

    def __init__(self, address: str) -> None:
        """`address` is the gateway's."""
        self._anyone = Client(address)
        seed: Any = importlib.import_module("identity.seed")
        self._accounts = seed.DEMO_ACCOUNTS
        self._password = str(seed.DEMO_PASSWORD)
        self._signed_in: dict[str, Client] = {}

    def staff(self, login: str) -> Client:
        """The account with this login, signed in by password."""
        if login not in self._signed_in:
            self._signed_in[login] = self._anyone.signed_in(
                grant_type="password", login=login, password=self._password
            )
        return self._signed_in[login]

    def account_id(self, login: str) -> str:
        """The id of the account with this login."""
        return str(next(a for a in self._accounts if a.login == login).id)

    @cached_property
    def provider_id(self) -> str:
        """The demo's training provider."""
        return str(next(a for a in self._accounts if a.login == "admin").provider_id)

    @cached_property
    def roster(self) -> list[Person]:
        """The first eleven learners of the demo data."""
        learners = [a for a in self._accounts if a.is_learner][:HEADCOUNT]
        return [
            Person(a.name, document_number(place), "男" if place % 2 else "女", a.login, self._password)
            for place, a in enumerate(learners, start=1)
        ]

    def by_password(self, person: Person) -> Client:
        """A learner signed in by password."""
        return self._anyone.signed_in(grant_type="password", login=person.mobile, password=person.password)

    def by_code(self, person: Person) -> Client:
        """A learner signed in by the code that the embedded sender shows on the development page."""
        self._anyone.call("POST", "/identity/sms-codes", body={"mobile": person.mobile})
        code = wait_for("the code on the development page", lambda: self._code(person.mobile))
        return self._anyone.signed_in(grant_type="sms_code", mobile=person.mobile, code=code)

    def _code(self, mobile: str) -> str | None:
        shown = self._anyone.get("/identity/dev/sms")["items"]
        return next((str(message["code"]) for message in shown if message["mobile"] == mobile), None)
