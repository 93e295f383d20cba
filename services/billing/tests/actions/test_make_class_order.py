"""B2, B3, B4: a graduated class becomes exactly one order."""

import pytest
from billing import testing
from billing.actions.make_class_order import ClassAlreadyOrdered
from billing.models import LedgerEntry, LedgerTransaction, Order
from billing.queries.ledger import balances
from billing.queries.viewers import Viewer
from chassis.errors import ProjectionPending
from chassis.ids import new_id
from sqlalchemy import func, select


def book(scene) -> dict[str, int]:
    rows = scene.session.execute(
        balances(viewer=Viewer(platform=True)).execution_options(populate_existing=True)
    )
    return {account.kind: account.balance for account, *_ in rows}


def test_eleven_joined_and_three_finished_make_an_order_of_ten_heads(scene) -> None:
    order = scene.order(joined=11, finished=3)
    assert (order.billed_headcount, order.per_head_fee_fen, order.amount_fen) == (10, 7500, 75_000)
    assert (order.joined_count, order.finished_count) == (11, 3)
    assert order.state == "unsettled"
    assert [(line.kind, line.quantity, line.amount_fen) for line in order.lines] == [("class", 10, 75_000)]


def test_its_number_is_made_of_kind_day_serial_and_provider_code(scene) -> None:
    numbers = [scene.order().number for _ in range(3)]
    assert numbers == ["12026030200001000240", "12026030200002000240", "12026030200003000240"]


def test_its_last_day_to_pay_follows_from_the_term_of_the_agreement_at_the_opening(scene) -> None:
    opening = scene.opening()
    testing.agreement(scene.session, provider=scene.provider, fee_fen=100, term_days=1)
    order = testing.class_order(scene.session, opening=opening)
    assert order.due_day.isoformat() == "2026-04-01"
    assert order.per_head_fee_fen == 7500


def test_a_waived_class_makes_an_order_of_nothing_that_is_closed_at_once(scene) -> None:
    order = scene.order(waived=True)
    assert (order.amount_fen, order.state) == (0, "settled")
    assert order.settled_at is not None
    assert [(line.kind, line.amount_fen) for line in order.lines] == [("class", 75_000), ("waiver", -75_000)]
    assert book(scene)["receivable"] == 0


def test_a_class_that_nobody_joined_owes_nothing_and_is_closed_at_once(scene) -> None:
    order = scene.order(joined=0, finished=0)
    assert (order.billed_headcount, order.amount_fen, order.state) == (0, 0, "settled")
    assert scene.session.scalar(select(func.count()).select_from(LedgerEntry)) == 0


def test_a_refund_is_a_credit_line(scene) -> None:
    order = scene.order(refund_fen=5_000)
    assert (order.amount_fen, order.state) == (70_000, "unsettled")
    assert [(line.kind, line.amount_fen) for line in order.lines] == [("class", 75_000), ("refund", -5_000)]
    assert book(scene) == {"receivable": 70_000, "revenue": 70_000, "bank": 0, "prepaid": 0}


def test_a_refund_never_makes_an_order_negative(scene) -> None:
    order = scene.order(refund_fen=75_001)
    assert (order.amount_fen, order.state) == (0, "settled")
    assert book(scene)["receivable"] == 0


def test_a_class_never_gets_a_second_order(scene) -> None:
    order = scene.order()
    opening = scene.session.get(testing.ClassOpening, order.class_id)
    with pytest.raises(ClassAlreadyOrdered):
        testing.class_order(scene.session, opening=opening)
    assert scene.session.scalar(select(func.count()).select_from(Order)) == 1
    assert book(scene)["receivable"] == 75_000


def test_an_order_waits_while_its_opening_has_not_been_heard_of(scene) -> None:
    stranger = testing.ClassOpening(class_id=new_id())
    with pytest.raises(ProjectionPending):
        testing.class_order(scene.session, opening=stranger)


def test_an_order_waits_while_its_provider_has_not_been_heard_of(scene) -> None:
    opening = scene.opening(provider_id=new_id())
    with pytest.raises(ProjectionPending):
        testing.class_order(scene.session, opening=opening)


def test_what_is_owed_is_booked_and_names_the_event_behind_it(scene) -> None:
    order = scene.order()
    transaction = scene.session.scalars(select(LedgerTransaction)).one()
    assert (transaction.kind, transaction.subject_id) == ("order_created", order.id)
    assert (transaction.source_kind, transaction.source_id) == ("event", testing.SOURCE.id)
    assert (order.source_kind, order.source_id) == ("event", testing.SOURCE.id)
    assert book(scene) == {"receivable": 75_000, "revenue": 75_000, "bank": 0, "prepaid": 0}


def test_it_is_announced_on_the_bus_in_fen(scene) -> None:
    order = scene.order()
    (envelope,) = testing.announced(scene.session, "billing.order.created.v1")
    assert envelope["data"] == {
        "order_id": str(order.id),
        "order_number": order.number,
        "kind": "class",
        "provider_id": str(scene.provider.provider_id),
        "dealer_id": str(scene.dealer.dealer_id),
        "class_id": str(order.class_id),
        "billed_headcount": 10,
        "per_head_fee_fen": 7500,
        "amount_fen": 75_000,
        "state": "unsettled",
        "created_at": "2026-03-02T02:00:00.000Z",
    }
