import pytest
from supervision.real_name.rules.verifying import Claim, RosterMatch


@pytest.mark.parametrize(
    ("matched", "width", "height", "accepted"),
    [
        (True, 480, 640, True),
        (True, 120, 120, True),
        (True, 119, 640, False),
        (True, 640, 119, False),
        (False, 480, 640, False),
    ],
)
def test_a_matched_learner_with_a_usable_photo_is_verified(matched, width, height, accepted) -> None:
    claim = Claim(matched=matched, document="d", sealed=None, photo=b"", width=width, height=height)
    verdict = RosterMatch().verify(claim)
    assert verdict.accepted is accepted
    assert bool(verdict.reason) is not accepted
