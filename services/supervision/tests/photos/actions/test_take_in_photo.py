import pytest
from chassis.errors import ProjectionPending
from chassis.ids import new_id
from supervision.photos.actions.take_in_photo import ConsentFirst, PhotoNotAsked, RealNameFirst
from supervision.queries.classes import ClassNotFound, ClassNotOpen, NoClassDay, TicketOutdated
from supervision.real_name.actions.consent import withdraw_consent
from supervision.testing import Classroom, a_photo, files_in


def test_the_receipt_says_whose_photo_lies_where(take_in, verified, store, clock) -> None:
    receipt = take_in(verified, now=clock.now)
    assert store.exists(receipt.key)
    assert (receipt.enrolment_id, receipt.class_id) == (verified.enrolment_id, verified.class_id)
    assert (receipt.account_id, receipt.provider_id) == (verified.account_id, verified.provider_id)
    assert (receipt.purpose, receipt.check_in) == ("check_in", "twice")
    assert (receipt.until - clock.now).total_seconds() == 600


def test_before_the_real_name_no_photo(take_in, classroom, clock, folder) -> None:
    with pytest.raises(RealNameFirst):
        take_in(classroom, now=clock.now)
    assert files_in(folder) == []


def test_after_withdrawing_the_consent_no_photo(take_in, session, verified, clock) -> None:
    withdraw_consent(session, account_id=verified.account_id, now=clock.now)
    with pytest.raises(ConsentFirst):
        take_in(verified, now=clock.now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"check_in": "off"}, PhotoNotAsked),
        ({"state": "graduation_review"}, ClassNotOpen),
        ({"state": "graduated"}, ClassNotOpen),
        ({"state": "opening_review"}, ProjectionPending),
        ({"starts_in": 1}, NoClassDay),
        ({"ends_in": -1}, NoClassDay),
        ({"removed": True}, ClassNotFound),
    ],
)
def test_only_where_and_while_the_class_asks_for_it(take_in, session, clock, changes, refusal) -> None:
    found = Classroom(now=clock.now, **changes)
    found.announce(session)
    with pytest.raises(refusal):
        take_in(found, now=clock.now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"class_id": new_id()}, ProjectionPending),
        ({"epoch": 2}, ProjectionPending),
        ({"policy_version": 2}, ProjectionPending),
        ({"epoch": 0}, TicketOutdated),
    ],
)
def test_a_ticket_must_fit_what_is_known(take_in, verified, clock, changes, refusal) -> None:
    with pytest.raises(refusal):
        take_in(verified, now=clock.now, **changes)


def test_when_it_cannot_be_written_down_no_file_is_made(take_in, session, verified, clock, folder) -> None:
    before = files_in(folder)
    with pytest.raises(TypeError):
        take_in(verified, now="no moment", photo=a_photo)
    assert files_in(folder) == before
