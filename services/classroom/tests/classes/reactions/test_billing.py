"""Billing's answers move an application on (K12, K28)."""

from __future__ import annotations

from typing import Any

import pytest
from bus import Event
from chassis.ids import new_id
from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.actions.record_counts import record_counts
from classroom.classes.actions.withdraw_application import withdraw_graduation, withdraw_opening
from classroom.classes.reactions.billing import when_graduation_billed, when_opening_quoted
from classroom.testing import a_ready_class, an_open_class, prepared, submitted


def event(event_type: str, data: dict[str, Any], now: Any) -> Event:
    return Event(
        id=new_id(), type=event_type, source="/kaike/billing", subject="x", time=now, sequence=1, data=data
    )


def quoted(world, application, now, **changes):
    data = {
        "application_id": str(application.id),
        "class_id": str(application.class_id),
        "priced": True,
        "agreement_id": str(world.agreement_id),
        "dealer_id": str(world.dealer_id),
        "per_head_fee_fen": 7500,
        "planned_headcount": 11,
        "amount_fen": 82500,
    }
    return event("billing.opening.quoted.v1", {**data, **changes}, now)


def test_a_quote_prices_its_application(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    when_opening_quoted(session, quoted(world, application, clock.now))
    assert (application.quote, application.amount_fen) == ("priced", 82500)


def test_no_price_is_said_too(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    nothing = dict.fromkeys(("agreement_id", "dealer_id", "per_head_fee_fen", "amount_fen"))
    when_opening_quoted(session, quoted(world, application, clock.now, priced=False, **nothing))
    assert application.quote == "unpriced"


def test_a_price_that_is_being_reviewed_never_changes(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    when_opening_quoted(session, quoted(world, application, clock.now, per_head_fee_fen=1))
    assert application.per_head_fee_fen == 7500


def test_a_quote_for_what_was_dropped_changes_nothing(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    withdraw_opening(session, actor=world.business, application_id=application.id, now=clock.now)
    when_opening_quoted(session, quoted(world, application, clock.now))
    assert (application.state, application.quote) == ("withdrawn", "pending")


@pytest.fixture
def counted(session, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    application = apply_graduation(
        session, actor=world.business, class_id=opened.id, version=None, now=clock.now
    )
    return record_counts(
        session,
        class_id=opened.id,
        epoch=application.epoch,
        joined_count=2,
        finished_count=1,
        now=clock.now,
    )


def billed(application, now, **changes):
    data = {
        "application_id": str(application.id),
        "class_id": str(application.class_id),
        "epoch": 1,
        "joined_count": 2,
        "finished_count": 1,
        "billed_headcount": 2,
        "per_head_fee_fen": 7500,
        "amount_fen": 15000,
    }
    return event("billing.graduation.billed.v1", {**data, **changes}, now)


def test_a_bill_opens_the_first_review_and_twice_is_no_failure(session, counted, clock):
    when_graduation_billed(session, billed(counted, clock.now))
    when_graduation_billed(session, billed(counted, clock.now, amount_fen=1))
    assert (counted.state, counted.amount_fen, counted.billed_headcount) == ("first_review", 15000, 2)


def test_a_bill_after_the_withdrawal_changes_nothing(session, world, counted, clock):
    withdraw_graduation(session, actor=world.business, application_id=counted.id, now=clock.now)
    when_graduation_billed(session, billed(counted, clock.now))
    assert (counted.state, counted.amount_fen) == ("withdrawn", None)
