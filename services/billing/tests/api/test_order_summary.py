"""B5, B6 on the first page: orders by month, and what is still to be paid."""

from __future__ import annotations

from datetime import datetime

from billing import testing

PATH = "/api/v1/billing/orders/summary"
EMPTY = {"orders": 0, "amount": "0.00"}


def summary(client, scene) -> dict:
    answer = client.as_(scene.business).get(PATH)
    assert answer.status_code == 200, answer.text
    return answer.json


def made_at(scene, moment: str, **told):
    return testing.class_order(
        scene.session, opening=scene.opening(**told), now=datetime.fromisoformat(moment)
    )


def test_a_provider_without_orders_has_six_empty_months(client, scene) -> None:
    told = summary(client, scene)
    days = ["2025-10-01", "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"]
    assert told["months"] == [{"first_day": day, **EMPTY} for day in days]
    assert (told["unsettled"], told["overdue"], told["in_review"]) == (EMPTY, EMPTY, EMPTY)


def test_months_are_shanghai_months(client, scene) -> None:
    made_at(scene, "2025-09-30T15:59:59+00:00")  # a second before the first of the six
    made_at(scene, "2026-02-28T15:59:59+00:00")
    made_at(scene, "2026-02-28T16:00:00+00:00")
    made_at(scene, "2026-03-02T01:00:00+00:00", waived=True)
    figures = {
        month["first_day"]: (month["orders"], month["amount"]) for month in summary(client, scene)["months"]
    }
    assert figures["2025-10-01"] == (0, "0.00")
    assert figures["2026-02-01"] == (1, "750.00")
    assert figures["2026-03-01"] == (2, "750.00")


def test_what_is_outstanding_is_told_by_the_state_that_it_shows(client, scene, clock) -> None:
    old = scene.order()
    testing.settlement(scene.session, scene.order())
    scene.order(waived=True)
    clock.advance(days=31)
    young = made_at(scene, clock.now.isoformat())
    assert old.due_day < young.due_day
    told = summary(client, scene)
    assert told["overdue"] == {"orders": 1, "amount": "750.00"}
    assert told["unsettled"] == {"orders": 1, "amount": "750.00"}
    assert told["in_review"] == {"orders": 1, "amount": "750.00"}


def test_another_providers_orders_are_not_counted(client, scene, other_scene) -> None:
    other_scene.order()
    told = summary(client, scene)
    assert told["unsettled"] == EMPTY
    assert all(month["orders"] == 0 for month in told["months"])


def test_an_account_of_no_provider_is_refused(client, actor) -> None:
    answer = client.as_(actor("business_manager")).get(PATH)
    assert (answer.status_code, answer.json["code"]) == (403, "billing.account.no_organisation")
