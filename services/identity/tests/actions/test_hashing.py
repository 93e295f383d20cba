"""Password hashes, so many at once that others are still answered."""

from __future__ import annotations

import threading

import pytest
from identity.actions.hashing import Hashing, SignInBusy


def test_a_password_matches_its_own_hash_only():
    hashing = Hashing(at_once=1, room=1)
    kept = hashing.hash("a good password")
    assert "$argon2id$" in kept
    assert "m=7168,t=5,p=1" in kept
    assert hashing.matches(kept, "a good password")
    assert not hashing.matches(kept, "another password")


def test_no_account_and_no_password_never_match():
    hashing = Hashing(at_once=1, room=1)
    assert not hashing.matches(None, "nobody has this password")
    for no_hash in (
        "not a hash",
        "",
        "$argon2id$" + "x" * 200,
        "$argon2id$v=19$m=7168,t=5,p=1$c2FsdA$aGFzaA",
        "口令",
    ):
        assert not hashing.matches(no_hash, "anything")


def test_when_all_places_are_taken_the_next_is_turned_away_at_once():
    hashing = Hashing(at_once=1, room=2)
    with hashing.place(), hashing.place(), pytest.raises(SignInBusy) as caught, hashing.place():
        pass
    assert caught.value.retry_after == 2
    with hashing.place():
        pass


def test_a_place_is_given_back_after_a_failure():
    hashing = Hashing(at_once=1, room=1)
    with pytest.raises(ValueError, match="wrong"), hashing.place():
        raise ValueError("wrong")
    with hashing.place():
        pass


def test_never_more_hashes_run_than_allowed():
    hashing = Hashing(at_once=2, room=8)
    running, most, lock = 0, 0, threading.Lock()
    verify = hashing._hasher.verify

    def watched(kept: str, password: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return verify(kept, password)
        finally:
            with lock:
                running -= 1

    kept = hashing.hash("a good password")
    hashing._hasher.verify = watched  # type: ignore[method-assign]
    threads = [threading.Thread(target=hashing.matches, args=(kept, "x")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= most <= 2


def test_who_waits_too_long_for_a_turn_is_turned_away():
    hashing, release = Hashing(at_once=1, room=2, patience=0.01), threading.Event()
    hashing._threads.submit(release.wait, 5)
    with pytest.raises(SignInBusy):
        hashing.hash("a good password")
    release.set()
    hashing.close()


@pytest.mark.parametrize(
    "older",
    [
        # Made by argon2-cffi, the second with its own settings of four lanes.
        "$argon2id$v=19$m=19456,t=2,p=1$IMFMqwyOLDc+OIQUrDSTBQ$QtD6M4dtXgCCIvtzlkctwd9RnqWvSLBkFQcU7iEBgUc",
        "$argon2id$v=19$m=19456,t=2,p=4$CaRNr+RZThlXUoXt2D5p2A$7Vk7y8s8IIMx0O9xgSe+8ylId3I1G3/3ADIYmN0fZ0I",
    ],
)
def test_hashes_of_other_settings_and_another_library_are_still_read(older: str):
    hashing = Hashing(at_once=1, room=1)
    assert hashing.matches(older, "a good password")
    assert not hashing.matches(older, "another password")


@pytest.mark.parametrize("kept", [None, ""])
def test_where_there_is_no_password_one_is_hashed_all_the_same(
    kept: str | None, monkeypatch: pytest.MonkeyPatch
):
    """Else the time that the answer takes would say whether an account exists."""
    hashing, tried = Hashing(at_once=1, room=1), []
    monkeypatch.setattr(hashing._hasher, "verify", lambda hashed, _password: bool(tried.append(hashed)))
    assert not hashing.matches(kept, "a password")
    assert tried[0].startswith(hashing.hash("x")[: len("$argon2id$v=19$m=7168,t=5,p=1$")])
