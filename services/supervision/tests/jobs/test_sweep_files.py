"""X6: a face stays as long as something names it, and goes when nothing does."""

import pytest
from files import new_key
from files.testing import sweep_everything, sweeper_of
from supervision.app import SERVICE
from supervision.check_in.actions.record_check_in import record_check_in
from supervision.photos.models import Photo
from supervision.photos.rules.purposes import Purpose
from supervision.real_name.models import RealName

SWEEPER = sweeper_of(SERVICE.periodic)


def test_the_reference_photo_of_a_real_name_stays(session, verified, folder, clock) -> None:
    reference = session.query(RealName).one().photo_key
    assert sweep_everything(SWEEPER, session, folder=folder, now=clock.now) == {reference}


def test_a_photo_that_was_taken_in_stays(take_in, session, verified, folder, clock) -> None:
    taken = take_in(verified, now=clock.now)
    assert taken.key in sweep_everything(SWEEPER, session, folder=folder, now=clock.now)


def test_a_check_ins_photo_stays_though_its_intake_is_not_known(
    session, classroom, store, folder, clock
) -> None:
    """Check-ins of the time before photos were taken in by themselves."""
    receipt = classroom.receipt(key=new_key("faces/check-in", "image/jpeg"))
    store.put_at(receipt.key, b"x", content_type="image/jpeg")
    record_check_in(session, receipt=receipt, now=clock.now)
    assert session.query(Photo).count() == 0
    assert sweep_everything(SWEEPER, session, folder=folder, now=clock.now) == {receipt.key}


@pytest.mark.parametrize("prefix", ["faces/check-in", "faces/real-name"])
def test_a_face_that_nothing_names_goes_after_a_day(session, store, folder, clock, prefix) -> None:
    _lost, young = (store.put(b"x", content_type="image/jpeg", prefix=prefix) for _ in range(2))
    assert sweep_everything(SWEEPER, session, folder=folder, young={young}, now=clock.now) == {young}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_photos_of_every_purpose_are_swept(purpose) -> None:
    assert f"faces/{purpose.replace('_', '-')}" in SWEEPER.lasting
