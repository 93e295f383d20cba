import pytest
from supervision.photos.rules.purposes import Purpose, is_asked_for


@pytest.mark.parametrize(("check_in", "asked"), [("off", False), ("once", True), ("twice", True)])
def test_a_photo_for_checking_in_is_asked_for_where_there_is_checking_in(check_in: str, asked: bool) -> None:
    assert is_asked_for(Purpose.CHECK_IN, check_in=check_in) is asked
