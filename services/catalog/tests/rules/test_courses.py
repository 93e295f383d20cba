"""C4: what items need."""

import uuid

import pytest
from catalog.rules.courses import CourseInvalid, ItemFacts, check_items
from catalog.rules.durations import ItemKind

MEDIA, PAPER, KNOWN = (uuid.UUID(int=n) for n in (1, 2, 3))


def item(kind: str, **changed) -> ItemFacts:
    usual = {
        "video": {"media_id": MEDIA, "media": ("video", "ready")},
        "document": {"media_id": MEDIA, "media": ("document", "processing"), "reading_seconds": 600},
        "exercise": {"paper_version_id": PAPER, "paper_kind": "exercise"},
        "mock_exam": {"paper_version_id": PAPER, "paper_kind": "mock_exam"},
    }[kind]
    nothing = dict.fromkeys(
        ("item_id", "media_id", "media", "paper_version_id", "paper_kind", "reading_seconds")
    )
    return ItemFacts(
        **{**nothing, "field": "/chapters/0/items/0", "kind": ItemKind(kind), **usual, **changed}
    )


def wrong(*items: ItemFacts) -> list[tuple[str, str]]:
    with pytest.raises(CourseInvalid) as refused:
        check_items(items, known_ids=frozenset({KNOWN}))
    return [(error.field.removeprefix("/chapters/0/items/0"), error.code) for error in refused.value.fields]


def test_one_of_each_kind_is_fine() -> None:
    check_items([item(kind) for kind in ItemKind], known_ids=frozenset())


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (item("video", media_id=None, media=None), [("/media_id", "required")]),
        (item("video", media=None), [("/media_id", "unknown")]),
        (item("video", media=("document", "ready")), [("/media_id", "other_kind")]),
        (item("video", media=("video", "refused")), [("/media_id", "refused")]),
        (item("video", reading_seconds=5), [("/reading_seconds", "not_allowed")]),
        (item("video", paper_version_id=PAPER), [("/paper_version_id", "not_allowed")]),
        (item("document", reading_seconds=None), [("/reading_seconds", "required")]),
        (item("document", reading_seconds=0), [("/reading_seconds", "out_of_range")]),
        (item("document", reading_seconds=86_401), [("/reading_seconds", "out_of_range")]),
        (item("exercise", paper_version_id=None), [("/paper_version_id", "required")]),
        (item("exercise", paper_kind=None), [("/paper_version_id", "unknown")]),
        (item("exercise", paper_kind="exam"), [("/paper_version_id", "other_kind")]),
        (item("mock_exam", paper_kind="exercise"), [("/paper_version_id", "other_kind")]),
        (item("mock_exam", media_id=MEDIA), [("/media_id", "not_allowed")]),
        (item("exercise", item_id=MEDIA), [("/id", "unknown")]),
    ],
)
def test_each_kind_wants_its_own_content(found: ItemFacts, said: list[tuple[str, str]]) -> None:
    assert wrong(found) == said


def test_an_item_keeps_its_id_once() -> None:
    check_items([item("exercise", item_id=KNOWN)], known_ids=frozenset({KNOWN}))
    assert wrong(item("exercise", item_id=KNOWN), item("video", item_id=KNOWN)) == [("/id", "unknown")]


def test_five_hundred_items_are_the_most() -> None:
    assert ("/chapters", "too_many") in [(f, c) for f, c in wrong(*[item("exercise")] * 501)]
