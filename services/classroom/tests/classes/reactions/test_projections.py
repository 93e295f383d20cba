"""What other services say of themselves is kept: newer states win, repeats and order make no difference."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from bus import contracts, envelope
from chassis.ids import new_id
from classroom.classes.models import (
    KnownAccount,
    KnownCategory,
    KnownDealer,
    KnownProvider,
    PackageVersion,
)
from classroom.classes.reactions.consumers import ANSWERS, PROJECTIONS

KEPT = {
    "identity.provider.changed.v1": (KnownProvider, "provider_id"),
    "identity.dealer.changed.v1": (KnownDealer, "dealer_id"),
    "identity.account.changed.v1": (KnownAccount, "account_id"),
    "catalog.category.changed.v1": (KnownCategory, "category_id"),
}


def examples(event_type):
    return [envelope.read(each) for each in contracts.examples_of(event_type)]


def handle(session, event_type, events):
    PROJECTIONS.handlers[event_type].handle(session, events)
    session.expire_all()


@pytest.mark.parametrize("event_type", sorted(PROJECTIONS.handlers))
def test_every_example_of_the_contract_is_taken_in(session, event_type):
    found = examples(event_type)
    assert found, f"{event_type} has no examples"
    handle(session, event_type, found)


@pytest.mark.parametrize("event_type", sorted(KEPT))
def test_the_newest_state_wins_in_whatever_order_it_comes(session, event_type):
    model, key = KEPT[event_type]
    first = examples(event_type)[0]
    versions = [
        replace(first, id=new_id(), sequence=number, data={**first.data, "name": f"第{number}版"})
        for number in (1, 2, 3)
    ]
    for order in itertools.permutations(versions):
        session.query(model).delete()
        handle(session, event_type, order[:1])
        handle(session, event_type, order[1:])
        handle(session, event_type, order[:1])
        (row,) = session.query(model).all()
        assert (row.name, row.version) == ("第3版", 3)
        assert str(getattr(row, key)) == first.data[key]


def test_a_published_package_version_never_changes(session):
    event_type = "catalog.package.published.v1"
    first = examples(event_type)[0]
    handle(session, event_type, [first, replace(first, id=new_id(), data={**first.data, "name": "改过"})])
    handle(session, event_type, [replace(first, id=new_id(), data={**first.data, "name": "又改"})])
    names = [each.name for each in session.query(PackageVersion).all()]
    assert len(names) == 1
    assert "又改" not in names


def test_the_clearing_of_a_rebuild_empties_only_its_own_table(session, world):
    clear = PROJECTIONS.handlers["identity.dealer.changed.v1"].clear
    clear(session)
    assert session.query(KnownDealer).count() == 0
    assert session.query(KnownProvider).count() == 1


@pytest.mark.parametrize("event_type", sorted(ANSWERS.handlers))
def test_an_answer_for_an_application_that_is_gone_is_no_failure(session, event_type):
    for event in examples(event_type):
        ANSWERS.handlers[event_type].handle(session, event)
