"""C10: uploads go on where they stopped."""

import pytest
from catalog.rules.uploads import (
    MAX_BYTES,
    MediaKind,
    OffsetWrong,
    PartBeyondEnd,
    PartEmpty,
    UploadFinished,
    UploadTooLarge,
    after_part,
    check_announced,
)


@pytest.mark.parametrize(("received", "length", "after"), [(0, 4, 4), (4, 6, 10), (9, 1, 10)])
def test_a_part_at_the_end_of_what_is_here_is_taken(received: int, length: int, after: int) -> None:
    assert after_part(size=10, received=received, offset=received, length=length) == after


@pytest.mark.parametrize(
    ("received", "offset", "length", "failure"),
    [
        (4, 0, 4, OffsetWrong),
        (4, 5, 4, OffsetWrong),
        (4, 4, 7, PartBeyondEnd),
        (4, 4, 0, PartEmpty),
        (10, 10, 1, UploadFinished),
        (10, 0, 1, UploadFinished),
    ],
)
def test_anything_else_is_refused_and_told_where_to_go_on(received, offset, length, failure) -> None:
    with pytest.raises(failure) as refused:
        after_part(size=10, received=received, offset=offset, length=length)
    assert refused.value.extra == {"offset": received}


@pytest.mark.parametrize("kind", list(MediaKind))
def test_each_kind_has_its_limit(kind: MediaKind) -> None:
    check_announced(kind=kind, size=MAX_BYTES[kind])
    with pytest.raises(UploadTooLarge) as refused:
        check_announced(kind=kind, size=MAX_BYTES[kind] + 1)
    assert refused.value.fields[0].field == "/size"
