"""C2: recommendations for covers are warnings."""

import pytest
from catalog.rules.covers import OTHER_RATIO, SMALL, cover_warnings


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [
        (750, 560, []),
        (1500, 1120, []),
        (800, 600, []),
        (1024, 768, []),
        (400, 300, [SMALL]),
        (1920, 1080, [OTHER_RATIO]),
        (600, 600, [SMALL, OTHER_RATIO]),
    ],
)
def test_750_by_560_or_4_to_3_is_recommended(width: int, height: int, said: list[str]) -> None:
    assert cover_warnings(width=width, height=height) == said
