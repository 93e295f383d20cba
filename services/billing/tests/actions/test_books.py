"""B9, B16: whatever happens in whatever order, no money is lost or made up."""

from datetime import timedelta

import pytest
from billing import testing
from billing.actions.decide_settlement import confirm_settlement, reject_settlement
from billing.actions.submit_settlement import Person
from billing.models import LedgerAccount, LedgerEntry, LedgerTransaction, Order, Settlement
from billing.rules.ledger import AccountKind, balance
from chassis.ids import new_id
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("graduate"), st.integers(0, 30), st.integers(0, 300_000), st.booleans()),
        st.tuples(st.just("submit"), st.integers(0, 5), st.integers(1, 3), st.none()),
        st.tuples(st.sampled_from(["confirm", "reject"]), st.integers(0, 5), st.none(), st.none()),
    ),
    max_size=25,
)


def play(scene, steps) -> None:
    """Take the steps that are possible at their moment."""
    session, now = scene.session, testing.NOW
    for kind, first, second, third in steps:
        now += timedelta(minutes=1)
        if kind == "graduate":
            scene.order(joined=first, finished=first // 3, refund_fen=second, waived=third)
        elif kind == "submit":
            free = session.scalars(
                select(Order).where(Order.state == "unsettled").order_by(Order.number)
            ).all()
            if chosen := free[first : first + second]:
                testing.settlement(session, *chosen, now=now)
        else:
            wanted = select(Settlement).where(Settlement.state == "submitted").order_by(Settlement.id)
            waiting = session.scalars(wanted).all()
            if waiting:
                decide(scene, waiting[first % len(waiting)], kind, now)


def decide(scene, settlement, kind: str, now) -> None:
    told = {
        "dealer_id": scene.dealer.dealer_id,
        "settlement_id": settlement.id,
        "decided_by": Person(account_id=new_id(), name="财务"),
        "source": testing.SOURCE,
        "now": now,
    }
    if kind == "confirm":
        confirm_settlement(scene.session, **told)
    else:
        reject_settlement(scene.session, reason="未到账", **told)


def total(session, *conditions) -> int:
    return session.scalar(select(func.coalesce(func.sum(Order.amount_fen), 0)).where(*conditions))


def check(scene) -> None:
    session = scene.session
    accounts = session.scalars(select(LedgerAccount).execution_options(populate_existing=True)).all()
    entries = session.scalars(select(LedgerEntry)).all()
    balances = {account.kind: account.balance for account in accounts}
    for account in accounts:
        kept = balance(
            kind=AccountKind(account.kind),
            debits_fen=sum(entry.amount for entry in entries if entry.debit_id == account.id),
            credits_fen=sum(entry.amount for entry in entries if entry.credit_id == account.id),
        )
        assert account.balance == kept
    assert balances.get("receivable", 0) == total(session, Order.state != "settled")
    assert balances.get("revenue", 0) == total(session)
    assert balances.get("bank", 0) == total(session, Order.state == "settled")
    confirmed = select(func.coalesce(func.sum(Settlement.amount_fen), 0)).where(
        Settlement.state == "confirmed"
    )
    assert balances.get("bank", 0) == session.scalar(confirmed)
    for row in (*session.scalars(select(Order)), *session.scalars(select(LedgerTransaction))):
        assert row.source_id
    for order in session.scalars(select(Order)):
        assert sum(line.amount_fen for line in order.lines) == order.amount_fen


@given(steps=STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_books_agree_with_orders_and_settlements_after_any_story(scene, steps) -> None:
    story = scene.session.begin_nested()
    try:
        play(scene, steps)
        check(scene)
    finally:
        story.rollback()
        scene.session.expire_all()


@pytest.mark.parametrize("kind", ["confirm", "reject"])
def test_the_check_itself_sees_money_that_was_lost(scene, kind: str) -> None:
    """A test of books that cannot fail would prove nothing."""
    play(scene, [("graduate", 11, 0, False), ("submit", 0, 1, None), (kind, 0, None, None)])
    check(scene)
    scene.session.execute(LedgerAccount.__table__.update().values(balance=LedgerAccount.balance + 1))
    with pytest.raises(AssertionError):
        check(scene)
