import pytest
from chassis.ids import new_id
from sqlalchemy.exc import IntegrityError
from supervision.photos.models import Photo


def photo(clock, **changes) -> Photo:
    said = {
        "id": new_id(),
        "enrolment_id": new_id(),
        "class_id": new_id(),
        "account_id": new_id(),
        "provider_id": new_id(),
        "purpose": "check_in",
        "key": new_id().hex,
        "content_type": "image/jpeg",
        "sha256": "0" * 64,
        "bytes": 1,
        "taken_in_at": clock.now,
        "served": False,
    }
    return Photo(**{**said, **changes})


@pytest.mark.parametrize("changes", [{"purpose": "selfie"}, {"bytes": 0}])
def test_there_is_no_photo_of_nothing_and_for_nothing(session, clock, changes) -> None:
    session.add(photo(clock, **changes))
    with pytest.raises(IntegrityError):
        session.flush()


def test_an_object_of_the_store_is_one_photo(session, clock) -> None:
    session.add_all([photo(clock, key="x"), photo(clock, key="x")])
    with pytest.raises(IntegrityError):
        session.flush()
