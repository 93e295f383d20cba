"""Tokens that ended before their time are refused, by a short list that each process reads every few seconds."""

from __future__ import annotations

import pytest
from chassis import clock
from chassis.db import transaction
from chassis.ids import new_id
from chassis.revocations import KEPT, Revocations, access_revocations, revoke
from chassis.testing.plugin import Committed, FrozenClock

PATH = "/api/v1/bakery/loaves"


@pytest.fixture
def baker(actor):
    return actor("registrar", provider_id=new_id())


@pytest.fixture
def listed(committed: Committed):
    """Put a revocation into the service's database, as its consumer does."""

    def put(subject_id, *, least_epoch, at):
        with committed.sessions() as session, transaction(session):
            revoke(session, subject_id=subject_id, least_epoch=least_epoch, revoked_at=at)

    return put


@pytest.fixture
def status(committed: Committed, issuer, baker):
    """What the service answers to a token of the baker with this epoch (None: without one)."""

    def ask(epoch: int | None) -> int:
        claims = {"sub": str(baker.account_id), "name": "", "roles": ["registrar"], "sid": None}
        claims |= {"provider": str(baker.provider_id), "dealer": None}
        if epoch is not None:
            claims["epoch"] = epoch
        token = issuer.paper("identity", "access", claims, now=clock.now())
        committed.app.extensions["kaike.runtime"].extras.clear()  # a process that has read nothing yet
        return int(
            committed.client.anonymous.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code
        )

    return ask


def test_a_token_below_the_revoked_epoch_is_refused_and_a_newer_one_is_taken(
    status, listed, baker, clock: FrozenClock
):
    assert status(0) == 200
    listed(baker.account_id, least_epoch=1, at=clock.now)
    assert (status(0), status(1)) == (401, 200)


def test_a_token_without_an_epoch_is_never_looked_up(status, listed, baker, clock: FrozenClock):
    listed(baker.account_id, least_epoch=9, at=clock.now)
    assert status(None) == 200


def test_anothers_revocation_ends_nobody_elses_token(status, listed, clock: FrozenClock):
    listed(new_id(), least_epoch=9, at=clock.now)
    assert status(0) == 200


def test_an_older_revocation_that_comes_late_takes_nothing_back(status, listed, baker, clock: FrozenClock):
    listed(baker.account_id, least_epoch=2, at=clock.now)
    listed(baker.account_id, least_epoch=1, at=clock.now)
    assert (status(1), status(2)) == (401, 200)


def test_the_list_is_read_by_one_statement_for_many_requests(
    committed: Committed, listed, clock: FrozenClock
):
    subject = new_id()
    listed(subject, least_epoch=1, at=clock.now)
    with committed.app.app_context():
        engine = committed.app.extensions["kaike.runtime"].db.engine
    rare = Revocations(engine, read_every=3600)
    assert [rare.refuses(subject, epoch=0, now=clock.now) for _ in range(3)] == [True] * 3
    with committed.sessions() as session, transaction(session):
        session.execute(access_revocations.delete())
    assert rare.refuses(subject, epoch=0, now=clock.now), "not read again yet"
    assert not Revocations(engine).refuses(subject, epoch=0, now=clock.now)


def test_what_was_revoked_long_ago_is_on_the_list_no_more(status, listed, baker, clock: FrozenClock):
    listed(baker.account_id, least_epoch=1, at=clock.now - KEPT)
    assert status(0) == 200
