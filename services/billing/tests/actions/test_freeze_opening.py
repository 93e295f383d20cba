"""B1, K14: the price of a class is frozen at its opening, as it was reviewed."""

import pytest
from billing import testing
from billing.actions.bill_graduation import bill_graduation
from billing.actions.freeze_opening import AgreementUnknown, OpeningFrozen
from billing.events import GRADUATION_BILLED
from chassis.errors import ProjectionPending
from chassis.ids import new_id


def bill(scene, class_id, *, joined=11, finished=3, epoch=1):
    application_id = new_id()
    bill_graduation(
        scene.session,
        application_id=application_id,
        class_id=class_id,
        epoch=epoch,
        joined_count=joined,
        finished_count=finished,
        now=testing.NOW,
    )
    return testing.announced(scene.session, GRADUATION_BILLED)[-1]["data"]


def test_a_later_agreement_does_not_touch_a_class_that_is_open(scene) -> None:
    opening = scene.opening()
    testing.agreement(scene.session, provider=scene.provider, fee_fen=9900)
    data = bill(scene, opening.class_id)
    assert (data["per_head_fee_fen"], data["billed_headcount"], data["amount_fen"]) == (7500, 10, 75_000)


def test_the_reviewed_fee_counts_even_when_the_agreement_says_another(scene) -> None:
    opening = scene.opening(per_head_fee_fen=5000)
    assert bill(scene, opening.class_id)["amount_fen"] == 50_000


def test_the_bill_repeats_the_counts_and_the_epoch(scene) -> None:
    opening = scene.opening()
    data = bill(scene, opening.class_id, joined=20, finished=19, epoch=3)
    assert (data["joined_count"], data["finished_count"], data["billed_headcount"], data["epoch"]) == (
        20,
        19,
        19,
        3,
    )


def test_the_bill_of_a_waived_class_is_nothing(scene) -> None:
    opening = scene.opening(waived=True)
    data = bill(scene, opening.class_id)
    assert (data["billed_headcount"], data["amount_fen"]) == (10, 0)


def test_a_bill_waits_for_its_opening(scene) -> None:
    with pytest.raises(ProjectionPending):
        bill(scene, new_id())


def test_an_opening_is_frozen_once(scene) -> None:
    opening = scene.opening()
    with pytest.raises(OpeningFrozen):
        scene.opening(class_id=opening.class_id, per_head_fee_fen=1)


def test_an_opening_on_a_price_that_billing_never_wrote_is_refused(scene) -> None:
    with pytest.raises(AgreementUnknown):
        scene.opening(agreement_id=new_id())
