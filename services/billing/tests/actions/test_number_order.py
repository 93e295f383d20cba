"""B4: serials per kind, Shanghai day and provider."""

from datetime import date

import pytest
from billing import testing
from billing.actions.number_order import next_order_number
from billing.models import OrderSerial
from billing.rules.orders import OrderKind, SerialExhausted

DAY = date(2026, 3, 2)


def number(scene, *, kind=OrderKind.CLASS, day=DAY, provider=None) -> str:
    return next_order_number(scene.session, kind=kind, day=day, provider=provider or scene.provider)


def test_each_kind_day_and_provider_counts_for_itself(scene) -> None:
    neighbour = testing.known_provider(scene.session, dealer=scene.dealer, code="000241")
    assert number(scene) == "12026030200001000240"
    assert number(scene) == "12026030200002000240"
    assert number(scene, kind=OrderKind.LIVE) == "22026030200001000240"
    assert number(scene, day=date(2026, 3, 3)) == "12026030300001000240"
    assert number(scene, provider=neighbour) == "12026030200001000241"


def test_after_99999_comes_an_error_and_not_a_sixth_digit(scene) -> None:
    scene.session.add(OrderSerial(kind="class", day=DAY, provider_id=scene.provider.provider_id, last=99_998))
    scene.session.flush()
    assert number(scene) == "12026030299999000240"
    for _ in range(2):
        with pytest.raises(SerialExhausted):
            number(scene)
    assert number(scene, day=date(2026, 3, 3)) == "12026030300001000240"
