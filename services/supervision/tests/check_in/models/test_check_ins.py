import pytest
from chassis.clock import shanghai_day
from chassis.ids import new_id
from sqlalchemy.exc import IntegrityError
from supervision.check_in.models import CheckIn


def check_in(clock, **changes) -> CheckIn:
    said = {
        "id": new_id(),
        "class_id": new_id(),
        "enrolment_id": new_id(),
        "account_id": new_id(),
        "provider_id": new_id(),
        "day": shanghai_day(clock.now),
        "slot": "morning",
        "at": clock.now,
        "photo_key": new_id().hex,
        "photo_type": "image/jpeg",
        "photo_sha256": "0" * 64,
    }
    return CheckIn(**{**said, **changes})


def test_a_slot_is_filled_once(session, clock) -> None:
    one = check_in(clock)
    session.add_all([one, check_in(clock, enrolment_id=one.enrolment_id)])
    with pytest.raises(IntegrityError):
        session.flush()


def test_there_are_no_other_slots(session, clock) -> None:
    session.add(check_in(clock, slot="evening"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_photo_serves_for_one_check_in(session, clock) -> None:
    session.add_all([check_in(clock, photo_key="x"), check_in(clock, photo_key="x")])
    with pytest.raises(IntegrityError):
        session.flush()
