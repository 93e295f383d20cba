"""Billing's tables of providers, dealers and classes: the greater version stays, whatever the order of arrival."""

import itertools
from uuid import UUID

import pytest
from billing import testing
from billing.models import KnownClass, KnownDealer, KnownProvider
from billing.reactions import projections
from billing.reactions.consumers import PROJECTIONS
from bus import Event, contracts
from chassis.ids import new_id
from sqlalchemy import select

PROVIDER = {
    "provider_id": str(new_id()),
    "code": "000240",
    "name": "甲",
    "account_name": "甲公司",
    "dealer_id": str(new_id()),
    "active": True,
}


def event(event_type: str, data: dict, sequence: int) -> Event:
    subject = next(value for name, value in data.items() if name in ("provider_id", "dealer_id", "class_id"))
    return Event(
        id=new_id(),
        type=event_type,
        source="/kaike/x",
        subject=subject,
        time=testing.NOW,
        sequence=sequence,
        data=data,
    )


def provider(sequence: int, **told) -> Event:
    return event("identity.provider.changed.v1", {**PROVIDER, **told}, sequence)


def kept(session) -> list[tuple[str, int]]:
    wanted = select(KnownProvider).execution_options(populate_existing=True)
    return [(row.name, row.version) for row in session.scalars(wanted)]


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
def test_the_newest_state_stays_whatever_the_order_of_arrival(session, order) -> None:
    for sequence in order:
        projections.keep_providers(session, [provider(sequence, name=f"第{sequence}次")])
    assert kept(session) == [("第3次", 3)]


def test_several_states_in_one_batch_keep_the_newest(session) -> None:
    projections.keep_providers(
        session, [provider(2, name="乙"), provider(5, name="戊"), provider(3, name="丙")]
    )
    assert kept(session) == [("戊", 5)]


def test_the_same_state_again_changes_nothing(session) -> None:
    for _ in range(2):
        projections.keep_providers(session, [provider(1)])
    assert kept(session) == [("甲", 1)]


def test_many_subjects_in_one_batch(session) -> None:
    batch = [provider(1, provider_id=str(new_id()), code=f"{n:06d}") for n in range(50)]
    projections.keep_providers(session, batch)
    assert len(kept(session)) == 50


def test_classes_are_kept_from_the_contracts_examples(session) -> None:
    for place, example in enumerate(contracts.examples_of("classroom.class.changed.v1"), start=7):
        data = example["data"]
        projections.keep_classes(session, [event("classroom.class.changed.v1", data, place)])
        row = session.get(KnownClass, UUID(data["class_id"]), populate_existing=True)
        assert (row.name, row.end_day.isoformat(), row.region) == (
            data["name"],
            data["end_day"],
            data["region"],
        )


@pytest.mark.parametrize(
    ("event_type", "keep", "model", "key"),
    [
        ("identity.provider.changed.v1", projections.keep_providers, KnownProvider, "provider_id"),
        ("identity.dealer.changed.v1", projections.keep_dealers, KnownDealer, "dealer_id"),
    ],
)
def test_identity_is_kept_from_the_contracts_examples(session, event_type, keep, model, key) -> None:
    examples = contracts.examples_of(event_type)
    assert examples
    for place, example in enumerate(examples, start=9):
        keep(session, [event(event_type, example["data"], place)])
        row = session.get(model, UUID(example["data"][key]), populate_existing=True)
        assert (row.name, row.active) == (example["data"]["name"], example["data"]["active"])


def test_a_rebuild_begins_with_an_empty_table(session) -> None:
    projections.keep_providers(session, [provider(4, name="旧")])
    PROJECTIONS.handlers["identity.provider.changed.v1"].clear(session)
    assert kept(session) == []
    projections.keep_providers(session, [provider(1, name="新")])
    assert kept(session) == [("新", 1)]
