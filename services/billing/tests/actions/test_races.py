"""Two at once, with real threads and real commits: one winner and a clear 409, and nothing made up or lost."""

from collections import Counter
from threading import Semaphore

import pytest
from billing import testing
from billing.actions.make_class_order import ClassAlreadyOrdered
from billing.models import (
    ClassOpening,
    DealerEvent,
    DealerFeed,
    KnownProvider,
    LedgerAccount,
    LedgerEntry,
    Order,
    PriceAgreement,
    Settlement,
)
from chassis.db import transaction
from chassis.testing import race
from sqlalchemy import func, select

BASE = "/api/v1/billing"


@pytest.fixture
def town(committed, clock, actor):
    """A committed provider with its dealer and price, and the people on both sides."""
    with committed.sessions() as session, transaction(session):
        dealer = testing.known_dealer(session)
        provider = testing.known_provider(session, dealer=dealer)
        price = testing.agreement(session, provider=provider)
        return {
            "provider_id": provider.provider_id,
            "agreement_id": price.id,
            "business": actor("business_manager", provider_id=provider.provider_id),
            "finance": actor("dealer_finance", dealer_id=dealer.dealer_id),
            "manager": actor("account_manager", dealer_id=dealer.dealer_id),
        }


def opened(committed, town, count: int = 1) -> list:
    with committed.sessions() as session, transaction(session):
        price = session.get(PriceAgreement, town["agreement_id"])
        return [testing.opening(session, agreement=price).class_id for _ in range(count)]


def graduate(committed, class_id):
    """One graduation in a transaction of its own, as a consumer would handle it."""

    def run() -> str:
        with committed.sessions() as session, transaction(session):
            opening = session.get(ClassOpening, class_id)
            return testing.class_order(session, opening=opening).number

    return run


def voucher(committed, town):
    with committed.sessions() as session, transaction(session):
        return testing.voucher(session, provider_id=town["provider_id"]).id


def body(order_ids, amount: str, voucher_id) -> dict:
    return {
        "order_ids": [str(key) for key in order_ids],
        "payer_account_name": testing.PAYER,
        "payer_account_number": "6222000011112222",
        "payer_bank": "某银行",
        "amount": amount,
        "voucher_id": str(voucher_id),
    }


def count(committed, model) -> int:
    with committed.sessions() as session:
        return session.scalar(select(func.count()).select_from(model))


def order_ids(committed) -> list:
    with committed.sessions() as session:
        return list(session.scalars(select(Order.id).order_by(Order.number)))


def balances(committed) -> dict[str, int]:
    with committed.sessions() as session:
        return {row.kind: row.balance for row in session.scalars(select(LedgerAccount))}


def test_two_graduations_of_one_class_make_one_order(committed, town) -> None:
    (class_id,) = opened(committed, town)
    results = race(*[graduate(committed, class_id)] * 4)
    assert Counter(type(result) for result in results) == {str: 1, ClassAlreadyOrdered: 3}
    assert (count(committed, Order), count(committed, LedgerEntry), count(committed, DealerEvent)) == (
        1,
        1,
        1,
    )


def test_order_numbers_are_unique_and_without_gaps_when_many_classes_graduate_at_once(
    committed, town
) -> None:
    classes = opened(committed, town, count=16)
    results = race(*[graduate(committed, class_id) for class_id in classes])
    assert sorted(results) == [f"120260302{serial:05d}000240" for serial in range(1, 17)]
    assert balances(committed)["receivable"] == 16 * 75_000


def test_the_feed_has_no_gap_and_its_order_is_the_order_of_the_commits(committed, town) -> None:
    race(*[graduate(committed, class_id) for class_id in opened(committed, town, count=12)])
    with committed.sessions() as session:
        positions = session.scalars(select(DealerEvent.position).order_by(DealerEvent.position)).all()
        assert positions == list(range(1, 13))
        assert session.scalars(select(DealerFeed.position)).all() == [12]


def test_a_reader_that_follows_the_feed_while_it_is_written_misses_nothing(committed, town) -> None:
    classes = opened(committed, town, count=12)
    reader = committed.client.as_(town["finance"])
    written = Semaphore(0)

    def write(class_id):
        run = graduate(committed, class_id)

        def and_tell() -> str:
            try:
                return run()
            finally:
                written.release()

        return and_tell

    def follow() -> list[str]:
        seen: list[str] = []
        cursor, to_come = None, len(classes)
        while True:
            # Whoever reads an empty page after the last commit has read everything, or missed something for good.
            done = to_come == 0
            query = {"limit": 3, **({"after": cursor} if cursor else {})}
            page = reader.get(f"{BASE}/events", query_string=query).json
            seen += [event["data"]["order_number"] for event in page["items"]]
            cursor = page["next"]
            if done and not page["items"]:
                return seen
            if to_come and written.acquire(timeout=0.01):
                to_come -= 1

    seen, *numbers = race(follow, *[write(class_id) for class_id in classes])
    assert sorted(seen) == sorted(numbers)


def test_two_settlements_of_one_order_leave_one_and_a_clear_409(committed, town) -> None:
    class_ids = opened(committed, town, count=2)
    for class_id in class_ids:
        graduate(committed, class_id)()
    shared, other = order_ids(committed)
    vouchers = [voucher(committed, town) for _ in range(2)]
    client = committed.client.as_(town["business"])
    bodies = [body([shared, other], "1500.00", vouchers[0]), body([shared], "750.00", vouchers[1])]
    answers = race(*[lambda said=said: client.post(f"{BASE}/settlements", json=said) for said in bodies])
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert loser.json["code"] == "billing.order.settlement_under_way"
    assert loser.json["next_step"]
    assert count(committed, Settlement) == 1


def test_one_voucher_in_two_settlements_at_once_pays_once(committed, town) -> None:
    for class_id in opened(committed, town, count=2):
        graduate(committed, class_id)()
    shared = voucher(committed, town)
    client = committed.client.as_(town["business"])
    answers = race(
        *[
            lambda key=key: client.post(f"{BASE}/settlements", json=body([key], "750.00", shared))
            for key in order_ids(committed)
        ]
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert count(committed, Settlement) == 1


def submitted(committed, town) -> str:
    (class_id,) = opened(committed, town)
    graduate(committed, class_id)()
    said = body(order_ids(committed), "750.00", voucher(committed, town))
    answer = committed.client.as_(town["business"]).post(f"{BASE}/settlements", json=said)
    assert answer.status_code == 201, answer.text
    return f"{BASE}/settlements/{answer.json['id']}"


def test_two_confirmations_leave_one_and_a_clear_409_and_the_money_comes_once(committed, town) -> None:
    path = submitted(committed, town)
    client = committed.client.as_(town["finance"])
    answers = race(*[lambda: client.post(f"{path}/confirmation")] * 3)
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    codes = {answer.json["code"] for answer in answers if answer.status_code == 409}
    assert codes == {"billing.settlement.already_confirmed"}
    assert balances(committed) == {"receivable": 0, "revenue": 75_000, "bank": 75_000, "prepaid": 0}


def test_confirmation_and_rejection_at_once_leave_one_decision(committed, town) -> None:
    path = submitted(committed, town)
    client = committed.client.as_(town["finance"])
    yes, no = race(
        lambda: client.post(f"{path}/confirmation"),
        lambda: client.post(f"{path}/rejection", json={"reason": "未到账"}),
    )
    assert sorted([yes.status_code, no.status_code]) == [200, 409]
    shown = client.get(path).json
    with committed.sessions() as session:
        states = session.scalars(select(Order.state)).all()
    assert (shown["state"], states) == (
        ("confirmed", ["settled"]) if yes.status_code == 200 else ("rejected", ["unsettled"])
    )
    assert balances(committed)["bank"] == (75_000 if yes.status_code == 200 else 0)


def test_two_agreements_at_once_are_both_kept_with_numbers_of_their_own(committed, town) -> None:
    client = committed.client.as_(town["manager"])
    said = {"provider_id": str(town["provider_id"]), "term_days": 30, "valid_from": "2026-03-01"}
    answers = race(
        *[
            lambda fee=fee: client.post(f"{BASE}/price-agreements", json={**said, "per_head_fee": fee})
            for fee in ("75.00", "80.00")
        ]
    )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert sorted(answer.json["number"] for answer in answers) == [2, 3]
    assert count(committed, KnownProvider) == 1
