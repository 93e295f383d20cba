"""What happens in the classroom becomes quotes, bills and orders; the examples of the contracts are the events."""

import copy
from datetime import date, timedelta
from uuid import UUID

import pytest
from billing import events, testing
from billing.models import ClassOpening, Order, PriceAgreement
from billing.reactions import classroom
from billing.reactions.consumers import REACTIONS
from bus import NotYet, contracts
from bus.envelope import read
from bus.testing import deliver
from chassis.ids import new_id
from sqlalchemy import func, select


def heard(event_type: str, **told):
    """The contract's example of this type under a fresh message id, with some of its data told otherwise."""
    envelope = copy.deepcopy(contracts.examples_of(event_type)[0])
    envelope["id"] = str(new_id())
    envelope["data"].update(told)
    return read(envelope)


@pytest.fixture
def known(session, clock):
    """The provider, dealer and agreement that the examples speak of."""
    data = contracts.examples_of("classroom.class.opened.v1")[0]["data"]
    dealer = testing.known_dealer(session, dealer_id=UUID(data["dealer_id"]))
    provider = testing.known_provider(session, dealer=dealer, provider_id=UUID(data["provider_id"]))
    price = testing.agreement(session, provider=provider)
    return {"provider_id": str(provider.provider_id), "agreement_id": str(price.id)}


def open_class(session, known, **told):
    event = heard("classroom.class.opened.v1", agreement_id=known["agreement_id"], **told)
    classroom.when_class_opened(session, event)
    return event


def graduated(**told):
    return heard("classroom.class.graduated.v1", **told)


def orders(session) -> list[Order]:
    return list(session.scalars(select(Order)))


def test_a_prepared_opening_is_quoted(session, known) -> None:
    event = heard("classroom.opening.prepared.v1", provider_id=known["provider_id"], planned_headcount=11)
    classroom.when_opening_prepared(session, event)
    (envelope,) = testing.announced(session, events.OPENING_QUOTED)
    assert (envelope["data"]["priced"], envelope["data"]["amount_fen"]) == (True, 82_500)


def test_a_quote_waits_for_its_provider(session, clock) -> None:
    with pytest.raises(NotYet):
        classroom.when_opening_prepared(session, heard("classroom.opening.prepared.v1"))


def test_an_opened_class_keeps_its_price_days_region_and_review_log(session, known) -> None:
    event = open_class(session, known)
    opening = session.get(ClassOpening, UUID(event.data["class_id"]))
    assert (opening.per_head_fee_fen, opening.term_days) == (7500, 30)
    assert opening.start_day == date.fromisoformat(event.data["start_day"])
    assert opening.review_log == event.data["review_log"]
    assert (opening.source_kind, opening.source_id) == ("event", str(event.id))


def test_an_opening_heard_again_changes_nothing(session, known) -> None:
    first = open_class(session, known)
    open_class(session, known, per_head_fee_fen=1)
    opening = session.get(ClassOpening, UUID(first.data["class_id"]))
    assert (opening.per_head_fee_fen, opening.source_id) == (7500, str(first.id))


def test_frozen_counts_are_billed_by_the_90_percent_rule(session, known) -> None:
    opened = open_class(session, known)
    counted = heard(
        "classroom.graduation.counted.v1",
        class_id=opened.data["class_id"],
        joined_count=11,
        finished_count=3,
        epoch=2,
    )
    classroom.when_graduation_counted(session, counted)
    (envelope,) = testing.announced(session, events.GRADUATION_BILLED)
    assert (envelope["data"]["billed_headcount"], envelope["data"]["amount_fen"]) == (10, 75_000)
    assert (envelope["data"]["application_id"], envelope["data"]["epoch"]) == (
        counted.data["application_id"],
        2,
    )


def test_a_bill_waits_for_its_opening(session, known) -> None:
    with pytest.raises(NotYet):
        classroom.when_graduation_counted(session, heard("classroom.graduation.counted.v1"))


def test_a_graduated_class_becomes_an_order_that_names_the_event(session, known) -> None:
    opened = open_class(session, known)
    event = graduated(class_id=opened.data["class_id"], joined_count=11, finished_count=3, refund_fen=0)
    classroom.when_class_graduated(session, event)
    (order,) = orders(session)
    assert (order.billed_headcount, order.amount_fen, order.number) == (10, 75_000, "12026030200001000240")
    assert (order.source_kind, order.source_id) == ("event", str(event.id))
    assert order.review_log == event.data["review_log"]


def test_a_graduation_heard_again_makes_nothing(session, known) -> None:
    opened = open_class(session, known)
    for _ in range(3):
        classroom.when_class_graduated(session, graduated(class_id=opened.data["class_id"]))
    assert len(orders(session)) == 1
    assert len(testing.announced(session, events.ORDER_CREATED)) == 1


def test_a_graduation_that_overtakes_its_opening_waits_and_then_makes_the_order(session, known) -> None:
    event = graduated()
    with pytest.raises(NotYet):
        classroom.when_class_graduated(session, event)
    open_class(session, known, class_id=event.data["class_id"])
    classroom.when_class_graduated(session, event)
    assert len(orders(session)) == 1


def test_one_batch_takes_a_class_from_its_opening_to_its_order_and_twice_changes_nothing(
    session, known
) -> None:
    class_id = str(new_id())
    batch = [
        heard("classroom.opening.prepared.v1", class_id=class_id, provider_id=known["provider_id"]),
        heard("classroom.class.opened.v1", class_id=class_id, agreement_id=known["agreement_id"]),
        heard("classroom.graduation.counted.v1", class_id=class_id, joined_count=11, finished_count=3),
        graduated(class_id=class_id, joined_count=11, finished_count=3, refund_fen=0),
    ]
    for _ in range(2):
        deliver(session, REACTIONS, *batch, now=testing.NOW)
    types = [envelope["type"] for envelope in testing.announced(session)]
    assert types == [events.OPENING_QUOTED, events.GRADUATION_BILLED, events.ORDER_CREATED]
    assert [order.amount_fen for order in orders(session)] == [75_000]


def test_a_graduation_waits_for_its_provider(session, known) -> None:
    event = graduated()
    open_class(session, known, class_id=event.data["class_id"], provider_id=str(new_id()))
    with pytest.raises(NotYet):
        classroom.when_class_graduated(session, event)
    assert orders(session) == []


def test_a_waived_class_and_a_refund_come_from_the_events(session, known) -> None:
    waived = open_class(session, known, class_id=str(new_id()), waived=True)
    refunded = open_class(session, known, class_id=str(new_id()))
    for opened, refund in ((waived, 0), (refunded, 10_000)):
        told = {"joined_count": 10, "finished_count": 10, "refund_fen": refund}
        classroom.when_class_graduated(session, graduated(class_id=opened.data["class_id"], **told))
    found = {str(order.class_id): (order.amount_fen, order.state) for order in orders(session)}
    assert found == {
        waived.data["class_id"]: (0, "settled"),
        refunded.data["class_id"]: (65_000, "unsettled"),
    }


def test_a_newer_agreement_does_not_change_what_an_open_class_costs(session, known, clock) -> None:
    opened = open_class(session, known)
    provider = session.get(testing.KnownProvider, UUID(known["provider_id"]))
    testing.agreement(session, provider=provider, fee_fen=100, now=clock.now + timedelta(days=1))
    told = {"joined_count": 11, "finished_count": 3, "refund_fen": 0}
    classroom.when_class_graduated(session, graduated(class_id=opened.data["class_id"], **told))
    assert orders(session)[0].amount_fen == 75_000
    assert session.scalar(select(func.count()).select_from(PriceAgreement)) == 2
