"""B1: account managers write price agreements, which are never changed."""

from datetime import date

import pytest
from billing import testing
from billing.actions.write_agreement import Author, Prices, ProviderUnknown, write_agreement
from billing.queries.agreements import agreement_in_force
from chassis.ids import new_id


def write(scene, *, provider_id=None, dealer_id=None, fee=8000):
    return write_agreement(
        scene.session,
        author=Author(account_id=new_id(), name="某经理", dealer_id=dealer_id or scene.dealer.dealer_id),
        provider_id=provider_id or scene.provider.provider_id,
        prices=Prices(per_head_fee_fen=fee),
        term_days=15,
        valid_from=date(2026, 2, 1),
        source=testing.SOURCE,
        now=testing.NOW,
    )


def force(scene, day: date):
    return agreement_in_force(
        scene.session, provider_id=scene.provider.provider_id, dealer_id=scene.provider.dealer_id, day=day
    )


def test_a_new_agreement_supersedes_from_its_day_and_the_old_one_stays(scene) -> None:
    fresh = write(scene)
    assert fresh.number == 2
    assert force(scene, date(2026, 1, 31)) is scene.agreement
    assert force(scene, date(2026, 2, 1)) is fresh


def test_it_names_the_request_behind_it(scene) -> None:
    assert (scene.agreement.source_kind, scene.agreement.source_id) == ("event", testing.SOURCE.id)


def test_another_dealers_provider_does_not_exist(scene, other_scene) -> None:
    with pytest.raises(ProviderUnknown):
        write(scene, provider_id=other_scene.provider.provider_id)


def test_an_unknown_provider_does_not_exist(scene) -> None:
    with pytest.raises(ProviderUnknown):
        write(scene, provider_id=new_id())


def test_a_provider_that_has_moved_to_another_dealer_needs_a_price_there(scene, other_scene) -> None:
    scene.provider.dealer_id = other_scene.dealer.dealer_id
    scene.session.flush()
    assert force(scene, date(2026, 3, 2)) is None
    with pytest.raises(ProviderUnknown):
        write(scene)
    fresh = write(scene, dealer_id=other_scene.dealer.dealer_id)
    assert force(scene, date(2026, 3, 2)) is fresh
