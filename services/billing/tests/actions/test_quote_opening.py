"""K12: billing answers a prepared opening with its price."""

from datetime import timedelta

import pytest
from billing import testing
from billing.actions.quote_opening import quote_opening
from billing.events import OPENING_QUOTED
from chassis.errors import ProjectionPending
from chassis.ids import new_id


def quote(scene, *, provider_id=None, now=testing.NOW):
    application_id = new_id()
    quote_opening(
        scene.session,
        application_id=application_id,
        class_id=new_id(),
        provider_id=provider_id or scene.provider.provider_id,
        planned_headcount=11,
        now=now,
    )
    envelope = testing.announced(scene.session, OPENING_QUOTED)[-1]
    assert envelope["data"]["application_id"] == str(application_id)
    assert envelope["subject"] == f"application/{application_id}"
    return envelope["data"]


def test_the_quote_is_planned_headcount_times_fee(scene) -> None:
    data = quote(scene)
    assert data["priced"] is True
    assert (data["per_head_fee_fen"], data["planned_headcount"], data["amount_fen"]) == (7500, 11, 82_500)
    assert data["agreement_id"] == str(scene.agreement.id)
    assert data["dealer_id"] == str(scene.dealer.dealer_id)


def test_a_provider_without_an_agreement_is_unpriced(scene) -> None:
    bare = testing.known_provider(scene.session, dealer=scene.dealer, code="000241")
    data = quote(scene, provider_id=bare.provider_id)
    assert data["priced"] is False
    assert [data[name] for name in ("agreement_id", "dealer_id", "per_head_fee_fen", "amount_fen")] == [
        None
    ] * 4


def test_an_agreement_that_begins_tomorrow_gives_no_price_until_midnight_in_shanghai(scene) -> None:
    late = testing.known_provider(scene.session, dealer=scene.dealer, code="000242")
    tomorrow = testing.NOW.date() + timedelta(days=1)
    testing.agreement(scene.session, provider=late, valid_from=tomorrow)
    before = testing.NOW.replace(hour=15, minute=59, second=59)
    assert quote(scene, provider_id=late.provider_id, now=before)["priced"] is False
    assert quote(scene, provider_id=late.provider_id, now=before + timedelta(seconds=1))["priced"] is True


def test_the_quote_waits_until_the_provider_has_been_heard_of(scene) -> None:
    with pytest.raises(ProjectionPending):
        quote(scene, provider_id=new_id())
