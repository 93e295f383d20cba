"""B7, B10: a settlement takes orders, the dealer confirms or rejects all of them at once."""

from datetime import timedelta

import pytest
from billing import events, testing
from billing.actions.decide_settlement import (
    OwnSettlement,
    SettlementConfirmed,
    SettlementRejected,
    confirm_settlement,
    reject_settlement,
)
from billing.actions.submit_settlement import (
    Person,
    VoucherUnknown,
    VoucherUsed,
    submit_settlement,
)
from billing.models import KnownDealer, LedgerAccount, LedgerTransaction, Order, Settlement
from billing.queries.receiving import OrderUnknown
from billing.queries.settlements import SettlementUnknown
from billing.rules.settlements import (
    AmountMismatch,
    OrderSettled,
    PayerMismatch,
    SettlementUnderWay,
    SeveralDealers,
)
from billing.rules.sources import Source
from chassis.errors import ProjectionPending
from chassis.ids import new_id
from sqlalchemy import select

LATER = testing.NOW + timedelta(hours=1)
REQUEST = Source.request("a-request")
FINANCE = Person(account_id=new_id(), name="财务")


def confirm(scene, settlement, *, dealer_id=None, by=FINANCE):
    return confirm_settlement(
        scene.session,
        dealer_id=dealer_id or scene.dealer.dealer_id,
        settlement_id=settlement.id,
        decided_by=by,
        source=REQUEST,
        now=LATER,
    )


def reject(scene, settlement, *, reason="未收到汇款"):
    return reject_settlement(
        scene.session,
        dealer_id=scene.dealer.dealer_id,
        settlement_id=settlement.id,
        reason=reason,
        decided_by=FINANCE,
        source=REQUEST,
        now=LATER,
    )


def submit(scene, orders, *, amount=None, payer=testing.PAYER, voucher_id=None):
    own = testing.voucher(scene.session, provider_id=scene.provider.provider_id).id
    total = sum(order.amount_fen for order in orders)
    return submit_settlement(
        scene.session,
        provider_id=scene.provider.provider_id,
        order_ids=[order.id for order in orders],
        payment=testing.payment(
            amount_fen=total if amount is None else amount, voucher_id=voucher_id or own, payer=payer
        ),
        submitted_by=Person(account_id=new_id(), name="商务"),
        source=REQUEST,
        now=testing.NOW,
    )


def book(scene) -> dict[str, int]:
    wanted = select(LedgerAccount).execution_options(populate_existing=True)
    return {account.kind: account.balance for account in scene.session.scalars(wanted)}


def test_several_orders_go_into_one_settlement(scene) -> None:
    orders = [scene.order(), scene.order(joined=1, finished=1)]
    made = submit(scene, orders)
    assert (made.state, made.amount_fen) == ("submitted", 82_500)
    assert [part.order.number for part in made.parts] == [order.number for order in orders]
    assert {order.state for order in orders} == {"settlement_submitted"}
    assert (made.source_kind, made.source_id) == ("request", "a-request")
    assert made.receiving_account["account_number"] == "23456789-112"


@pytest.mark.parametrize("payer", [testing.PAYER, "更名后的学校"])
def test_a_renamed_provider_pays_an_old_order_under_the_old_or_the_new_name(scene, payer) -> None:
    order = scene.order()
    scene.provider.account_name = "更名后的学校"
    scene.session.flush()
    assert order.payer_account_name == testing.PAYER
    assert submit(scene, [order], payer=payer).payer_account_name == payer


def test_an_order_made_after_the_renaming_is_not_paid_under_the_old_name(scene) -> None:
    scene.provider.account_name = "更名后的学校"
    scene.session.flush()
    with pytest.raises(PayerMismatch) as refused:
        submit(scene, [scene.order()], payer=testing.PAYER)
    assert "更名后的学校" in refused.value.fields[0].message


def test_submitting_moves_no_money(scene) -> None:
    submit(scene, [scene.order()])
    assert book(scene) == {"receivable": 75_000, "revenue": 75_000, "bank": 0, "prepaid": 0}


def test_confirmation_settles_all_its_orders_and_closes_what_was_owed(scene) -> None:
    orders = [scene.order(), scene.order(joined=1, finished=1)]
    made = confirm(scene, submit(scene, orders))
    assert (made.state, made.decided_by_name, made.decided_at) == ("confirmed", "财务", LATER)
    assert [(order.state, order.settled_at) for order in orders] == [("settled", LATER)] * 2
    assert book(scene) == {"receivable": 0, "revenue": 82_500, "bank": 82_500, "prepaid": 0}


def test_the_payment_names_the_request_behind_it(scene) -> None:
    made = confirm(scene, submit(scene, [scene.order()]))
    wanted = select(LedgerTransaction).where(LedgerTransaction.kind == "settlement_confirmed")
    transaction = scene.session.scalars(wanted).one()
    assert (transaction.subject_id, transaction.source_kind, transaction.source_id) == (
        made.id,
        "request",
        "a-request",
    )


def test_rejection_returns_all_orders_with_the_reason(scene) -> None:
    orders = [scene.order(), scene.order()]
    made = reject(scene, submit(scene, orders))
    assert (made.state, made.reason) == ("rejected", "未收到汇款")
    assert [(order.state, order.rejection_reason) for order in orders] == [("unsettled", "未收到汇款")] * 2
    assert book(scene)["bank"] == 0


def test_a_rejected_order_can_be_submitted_again_even_with_the_same_voucher(scene) -> None:
    order = scene.order()
    first = reject(scene, submit(scene, [order]))
    again = submit(scene, [order], voucher_id=first.voucher_id)
    assert (order.state, order.rejection_reason) == ("settlement_submitted", None)
    assert confirm(scene, again).state == "confirmed"


def test_an_order_under_way_is_refused_and_named(scene) -> None:
    free, taken = scene.order(), scene.order()
    submit(scene, [taken])
    with pytest.raises(SettlementUnderWay) as refused:
        submit(scene, [free, taken])
    assert refused.value.fields[0].field == "/order_ids/1"
    assert free.state == "unsettled"


def test_a_settled_order_is_refused(scene) -> None:
    order = scene.order()
    confirm(scene, submit(scene, [order]))
    with pytest.raises(OrderSettled):
        submit(scene, [order])


def test_another_providers_order_does_not_exist(scene, other_scene) -> None:
    with pytest.raises(OrderUnknown) as refused:
        submit(scene, [scene.order(), other_scene.order()])
    assert refused.value.fields[0].field == "/order_ids/1"


def test_orders_of_two_dealers_are_refused(scene, other_scene) -> None:
    mine = scene.order()
    scene.provider.dealer_id = other_scene.dealer.dealer_id
    scene.session.flush()
    moved = testing.agreement(scene.session, provider=scene.provider)
    theirs = testing.class_order(scene.session, opening=testing.opening(scene.session, agreement=moved))
    with pytest.raises(SeveralDealers):
        submit(scene, [mine, theirs])


def test_the_amount_must_be_exact(scene) -> None:
    with pytest.raises(AmountMismatch):
        submit(scene, [scene.order()], amount=74_999)


def test_the_payer_must_be_the_provider(scene) -> None:
    with pytest.raises(PayerMismatch):
        submit(scene, [scene.order()], payer="某个人")


def test_a_voucher_must_be_the_providers_own(scene, other_scene) -> None:
    foreign = testing.voucher(scene.session, provider_id=other_scene.provider.provider_id)
    for voucher_id in (foreign.id, new_id()):
        with pytest.raises(VoucherUnknown):
            submit(scene, [scene.order()], voucher_id=voucher_id)


def test_one_voucher_does_not_pay_twice(scene) -> None:
    first = submit(scene, [scene.order()])
    order = scene.order()
    with pytest.raises(VoucherUsed):
        submit(scene, [order], voucher_id=first.voucher_id)
    scene.session.refresh(order)
    assert order.state == "unsettled"


def test_a_settlement_waits_until_the_dealer_has_been_heard_of(scene) -> None:
    order = scene.order()
    scene.session.delete(scene.session.get(KnownDealer, scene.dealer.dealer_id))
    scene.session.flush()
    with pytest.raises(ProjectionPending):
        submit(scene, [order])


def test_another_dealer_cannot_decide(scene, other_scene) -> None:
    made = submit(scene, [scene.order()])
    for dealer_id in (other_scene.dealer.dealer_id, new_id()):
        with pytest.raises(SettlementUnknown):
            confirm(scene, made, dealer_id=dealer_id)
    assert scene.session.get(Settlement, made.id).state == "submitted"


def test_a_decision_is_made_once(scene) -> None:
    confirmed = confirm(scene, submit(scene, [scene.order()]))
    rejected = reject(scene, submit(scene, [scene.order()]))
    for decide in (confirm, reject):
        with pytest.raises(SettlementConfirmed):
            decide(scene, confirmed)
        with pytest.raises(SettlementRejected):
            decide(scene, rejected)
    assert book(scene)["bank"] == 75_000


def test_nobody_confirms_what_they_submitted(scene) -> None:
    made = submit(scene, [scene.order()])
    with pytest.raises(OwnSettlement):
        confirm(scene, made, by=Person(account_id=made.submitted_by, name=made.submitted_by_name))


def test_each_step_is_announced(scene) -> None:
    orders = [scene.order(), scene.order()]
    first = reject(scene, submit(scene, orders), reason="金额未到账")
    second = confirm(scene, submit(scene, orders))
    types = [envelope["type"] for envelope in testing.announced(scene.session)]
    assert types[-4:] == [
        events.SETTLEMENT_SUBMITTED,
        events.SETTLEMENT_REJECTED,
        events.SETTLEMENT_SUBMITTED,
        events.SETTLEMENT_CONFIRMED,
    ]
    rejected, confirmed = testing.announced(scene.session)[-3], testing.announced(scene.session)[-1]
    assert rejected["data"]["reason"] == "金额未到账"
    assert rejected["data"]["settlement_id"] == str(first.id)
    assert confirmed["data"]["settlement_id"] == str(second.id)
    assert confirmed["data"]["order_numbers"] == [order.number for order in orders]
    assert confirmed["data"]["amount_fen"] == 150_000


def test_orders_and_their_versions_move_together(scene) -> None:
    order = scene.order()
    before = order.version
    confirm(scene, submit(scene, [order]))
    assert scene.session.get(Order, order.id).version > before
