"""What must not happen is kept by the database itself, on both databases."""

import re

import pytest
from billing import testing
from billing.actions.decide_settlement import confirm_settlement, reject_settlement
from billing.actions.submit_settlement import Person
from billing.models import (
    DealerEvent,
    LedgerAccount,
    LedgerBook,
    LedgerEntry,
    LedgerTransaction,
    Order,
    OrderLine,
    PriceAgreement,
    Settlement,
    SettlementOrder,
    Voucher,
    db,
)
from billing.rules.ledger import AccountKind
from chassis.ids import new_id
from sqlalchemy import delete, insert, inspect, select, text, update
from sqlalchemy.exc import IntegrityError


def refused(session, statement) -> str:
    """What the database says to a statement that it must refuse."""
    with pytest.raises(IntegrityError) as error, session.begin_nested():
        session.execute(statement)
    return str(error.value.orig)


def accounts(scene) -> dict[str, LedgerAccount]:
    wanted = select(LedgerAccount).execution_options(populate_existing=True)
    return {account.kind: account for account in scene.session.scalars(wanted)}


def test_every_table_that_says_it_is_frozen_has_its_triggers(scene, backend) -> None:
    catalogue = (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        if backend == "sqlite"
        else "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    triggers = [
        re.sub(r"\s+", " ", sql).replace("public.", "")
        for sql in scene.session.execute(text(catalogue)).scalars()
    ]
    for table in db.metadata.tables.values():
        columns = table.info.get("frozen")
        if columns is None:
            continue
        about = [sql for sql in triggers if re.search(rf" ON {table.name} ", sql)]
        assert any("DELETE" in sql for sql in about), table.name
        kept = [sql for sql in about if "UPDATE" in sql]
        assert kept, table.name
        for column in columns:
            assert any(re.search(rf"UPDATE OF [^.]*\b{column}\b", sql) for sql in kept), (table.name, column)


@pytest.mark.parametrize(
    "model",
    [
        *(LedgerEntry, LedgerTransaction, OrderLine, PriceAgreement, DealerEvent),
        *(Order, Settlement, SettlementOrder, Voucher),
    ],
    ids=lambda model: model.__tablename__,
)
def test_rows_that_count_are_never_deleted(scene, model) -> None:
    testing.settlement(scene.session, scene.order())
    assert "never changed or deleted" in refused(scene.session, delete(model))


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (LedgerEntry, {"amount": 1}),
        (LedgerTransaction, {"source_id": "x"}),
        (OrderLine, {"amount_fen": 1}),
        (Order, {"amount_fen": 1}),
        (Order, {"number": "1" * 20}),
        (Order, {"payer_account_name": "x"}),
        (PriceAgreement, {"per_head_fee_fen": 1}),
        (Settlement, {"amount_fen": 1}),
        (Settlement, {"payer_account_name": "x"}),
        (Settlement, {"receiving_account": {}}),
        (SettlementOrder, {"amount_fen": 1}),
        (Order, {"finished_count": 1}),
        (DealerEvent, {"type": "x"}),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__tablename__", str(value)),
)
def test_what_was_booked_or_agreed_is_never_changed(scene, model, change) -> None:
    testing.settlement(scene.session, scene.order())
    assert "never changed or deleted" in refused(scene.session, update(model).values(**change))


@pytest.mark.parametrize(
    "prices",
    [
        {"per_head_fee_fen": 0},
        {"per_head_fee_fen": 10_000_000},
        {"per_head_fee_fen": 7500, "live_minute_fen": 0},
        {"per_head_fee_fen": 7500, "popup_paper_fen": 1_000_000_000},
    ],
)
def test_a_price_outside_of_what_people_understand_is_kept_by_nobody(scene, prices) -> None:
    written = select(PriceAgreement.__table__).limit(1)
    row = scene.session.execute(written).one()._asdict()
    more = {**row, **prices, "id": new_id(), "number": 99}
    assert "outside its limits" in refused(scene.session, insert(PriceAgreement).values(more))


def test_an_entry_moves_both_balances_by_itself(scene) -> None:
    order = scene.order()
    kinds = accounts(scene)
    assert (kinds["receivable"].balance, kinds["revenue"].balance) == (75_000, 75_000)
    _write_entry(scene, order, debit="bank", credit="receivable", amount=75_000)
    kinds = accounts(scene)
    assert (kinds["receivable"].balance, kinds["bank"].balance) == (0, 75_000)


def test_prepaid_money_never_goes_below_zero(scene) -> None:
    order = scene.order()
    _write_entry(scene, order, debit="bank", credit="prepaid", amount=10_000)
    assert accounts(scene)["prepaid"].balance == 10_000
    _write_entry(scene, order, debit="prepaid", credit="receivable", amount=10_000)
    assert accounts(scene)["prepaid"].balance == 0
    with pytest.raises(IntegrityError, match="ck_ledger_accounts_prepaid_not_negative"):
        _write_entry(scene, order, debit="prepaid", credit="receivable", amount=1)
    assert accounts(scene)["prepaid"].balance == 0


@pytest.mark.parametrize("amount", [0, -1])
def test_an_entry_moves_more_than_nothing(scene, amount: int) -> None:
    with pytest.raises(IntegrityError, match="ck_ledger_entries_amount"):
        _write_entry(scene, scene.order(), debit="bank", credit="receivable", amount=amount)


def test_an_entry_has_two_different_sides(scene) -> None:
    with pytest.raises(IntegrityError, match="ck_ledger_entries_two_sides"):
        _write_entry(scene, scene.order(), debit="bank", credit="bank", amount=1)


def test_an_entry_never_leaves_its_book(scene, other_scene) -> None:
    mine, theirs = scene.order(), other_scene.order()
    wanted = select(LedgerAccount.id).join(LedgerBook, LedgerBook.id == LedgerAccount.book_id)
    foreign = scene.session.scalar(
        wanted.where(LedgerBook.dealer_id == theirs.dealer_id, LedgerAccount.kind == "bank")
    )
    own = scene.session.scalars(select(LedgerBook).where(LedgerBook.dealer_id == mine.dealer_id)).one()
    receivable = scene.session.scalar(
        wanted.where(LedgerBook.id == own.id, LedgerAccount.kind == "receivable")
    )
    transaction = scene.session.scalar(
        select(LedgerTransaction.id).where(LedgerTransaction.subject_id == mine.id)
    )
    entry = {
        "id": new_id(),
        "transaction_id": transaction,
        "book_id": own.id,
        "kind": "bank_payment",
        "debit_id": foreign,
        "credit_id": receivable,
        "amount": 1,
        "order_id": mine.id,
    }
    refused(scene.session, insert(LedgerEntry).values(**entry))


def test_an_order_of_nothing_is_settled_and_a_settled_one_says_when(scene) -> None:
    order = scene.order()
    change = update(Order).where(Order.id == order.id)
    assert "ck_orders_settled_at" in refused(scene.session, change.values(state="settled"))
    assert "ck_orders_state" in refused(scene.session, change.values(state="overdue"))
    row = {column.key: getattr(order, column.key) for column in inspect(Order).column_attrs}
    nothing = {"id": new_id(), "number": "1" * 20, "amount_fen": 0, "class_id": scene.opening().class_id}
    assert "ck_orders_zero_is_settled" in refused(scene.session, insert(Order).values(**row | nothing))


@pytest.mark.parametrize("step", ["unsettled", "settlement_submitted"])
def test_a_settled_order_stays_settled(scene, step: str) -> None:
    order = scene.order(waived=True)
    change = update(Order).where(Order.id == order.id).values(state=step, settled_at=None)
    assert "orders has ended" in refused(scene.session, change)


@pytest.mark.parametrize("decide", [confirm_settlement, reject_settlement])
def test_a_decided_settlement_stays_as_it_was_decided(scene, decide) -> None:
    made = testing.settlement(scene.session, scene.order())
    how = {
        "dealer_id": made.dealer_id,
        "settlement_id": made.id,
        "source": testing.SOURCE,
        "now": testing.NOW,
    }
    if decide is reject_settlement:
        how["reason"] = "未收到汇款"
    decide(scene.session, decided_by=Person(account_id=new_id(), name="财务"), **how)
    again = update(Settlement).values(state="submitted", decided_at=None, reason=None)
    assert "settlements has ended" in refused(scene.session, again)
    if decide is reject_settlement:
        revived = update(SettlementOrder).values(active=True)
        assert "settlement_orders has ended" in refused(scene.session, revived)


def test_an_order_is_in_one_active_settlement_at_most(scene) -> None:
    order = scene.order()
    first = testing.settlement(scene.session, order)
    second = testing.settlement(scene.session, scene.order())
    row = {"settlement_id": second.id, "order_id": order.id, "position": 2, "amount_fen": 1, "active": True}
    assert "settlement_orders" in refused(scene.session, insert(SettlementOrder).values(**row))
    scene.session.execute(
        update(SettlementOrder).where(SettlementOrder.settlement_id == first.id).values(active=False)
    )
    scene.session.execute(insert(SettlementOrder).values(**row))


def test_a_class_has_one_order(scene) -> None:
    order = scene.order()
    row = {column.key: getattr(order, column.key) for column in inspect(Order).column_attrs}
    again = {**row, "id": new_id(), "number": "1" * 20}
    said = refused(scene.session, insert(Order).values(**again))
    assert "uq_orders_class" in said or "orders.class_id" in said
    assert scene.session.scalar(select(text("count(*)")).select_from(Order)) == 1


def test_the_trigger_and_the_rule_agree_which_side_each_account_has(scene) -> None:
    order = scene.order()
    for kind in AccountKind:
        other = AccountKind.BANK if kind is not AccountKind.BANK else AccountKind.REVENUE
        before = accounts(scene)[kind].balance
        _write_entry(scene, order, debit=other.value, credit=kind.value, amount=5)
        moved = accounts(scene)[kind].balance - before
        assert moved == (-5 if kind in (AccountKind.RECEIVABLE, AccountKind.BANK) else 5)


def _write_entry(scene, order, *, debit: str, credit: str, amount: int) -> None:
    kinds = accounts(scene)
    transaction = scene.session.scalar(
        select(LedgerTransaction.id).where(LedgerTransaction.subject_id == order.id)
    )
    entry = LedgerEntry(
        transaction_id=transaction,
        book_id=kinds[debit].book_id,
        kind="bank_payment",
        debit_id=kinds[debit].id,
        credit_id=kinds[credit].id,
        amount=amount,
        order_id=order.id,
    )
    with scene.session.begin_nested():
        scene.session.add(entry)
        scene.session.flush()
