"""Shares of what slow clients hold."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from edge.shares import Shares, TooManyAtOnce, TransfersFull


def shares() -> Shares:
    return Shares(total=6, per_address=4, per_account=2)


def test_an_account_has_a_share_of_its_address():
    kind = shares()
    for _ in range(2):
        kind.take(address="school", account="a")
    with pytest.raises(TooManyAtOnce):
        kind.take(address="school", account="a")
    kind.take(address="school", account="b")


def test_clients_without_an_account_have_one_share_together():
    kind = shares()
    for _ in range(2):
        kind.take(address="school", account="")
    with pytest.raises(TooManyAtOnce):
        kind.take(address="school", account="")
    kind.take(address="home", account="")


def test_an_address_has_a_share_of_the_whole():
    kind = shares()
    for account in "abcd":
        kind.take(address="school", account=account)
    with pytest.raises(TransfersFull):
        kind.take(address="school", account="e")
    kind.take(address="home", account="e")


def test_there_are_so_many_and_no_more():
    kind = shares()
    for number in range(6):
        kind.take(address=f"home {number}", account="")
    with pytest.raises(TransfersFull):
        kind.take(address="another", account="")


def test_what_ended_makes_room_once():
    kind = shares()
    end = kind.take(address="school", account="a")
    kind.take(address="school", account="a")
    end()
    end()
    kind.take(address="school", account="a")
    with pytest.raises(TooManyAtOnce):
        kind.take(address="school", account="a")


def test_who_waits_gets_the_share_of_who_ends():
    kind = Shares(total=1, per_address=1, per_account=1)
    end, waiting = kind.take(address="school", account="a"), threading.Event()

    def take() -> None:
        waiting.set()
        kind.take(address="home", account="b", wait=20)()

    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(take)
        assert waiting.wait(5)
        end()
        later.result(5)
    kind.take(address="school", account="a")


def test_nothing_is_remembered_of_transfers_that_have_ended():
    kind = shares()
    for number in range(100):
        kind.take(address=f"address {number}", account="x")()
    assert not kind._by_address
    assert not kind._by_account
