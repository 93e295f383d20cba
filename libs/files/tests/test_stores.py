"""What both stores promise."""

from __future__ import annotations

import io

import pytest
from files import FileMissing, Store, new_key
from files.store import BadKey

CAKE = bytes(range(256)) * 3000


def test_what_was_put_comes_back(store: Store) -> None:
    key = store.put(CAKE, content_type="image/png", prefix="bakery/cakes")
    assert key.startswith("bakery/cakes/")
    assert key.endswith(".png")
    assert store.open(key).read() == CAKE
    assert store.size(key) == len(CAKE)
    assert store.exists(key)


def test_an_object_lies_where_somebody_has_written_down_before(store: Store) -> None:
    key = new_key("bakery/cakes", "image/png")
    assert not store.exists(key)
    store.put_at(key, CAKE, content_type="image/png")
    assert store.open(key).read() == CAKE
    with pytest.raises(BadKey):
        store.put_at("../" + key, CAKE, content_type="image/png")


@pytest.mark.parametrize("as_pieces", [False, True])
def test_streams_and_pieces_are_put_as_one(store: Store, as_pieces: bool) -> None:
    pieces = (CAKE[start : start + 999] for start in range(0, len(CAKE), 999))
    key = store.put(pieces if as_pieces else io.BytesIO(CAKE), content_type="video/mp4", prefix="bakery")
    assert store.open(key).read() == CAKE


@pytest.mark.parametrize(
    ("start", "length"), [(0, 1), (5, 10), (len(CAKE) - 3, 100), (300_000, None), (len(CAKE), None), (7, 0)]
)
def test_a_part_is_read_by_start_and_length(store: Store, start: int, length: int | None) -> None:
    key = store.put(CAKE, content_type="video/mp4", prefix="bakery")
    end = None if length is None else start + length
    with store.open(key, start=start, length=length) as part:
        assert part.read() == CAKE[start:end]


def test_two_objects_with_equal_bytes_are_two(store: Store) -> None:
    first = store.put(b"bread", content_type="image/png", prefix="bakery")
    second = store.put(b"bread", content_type="image/png", prefix="bakery")
    store.delete(first)
    assert not store.exists(first)
    assert store.open(second).read() == b"bread"


def test_what_was_deleted_is_missing(store: Store) -> None:
    key = store.put(b"bread", content_type="image/png", prefix="bakery")
    store.delete(key)
    store.delete(key)
    with pytest.raises(FileMissing):
        store.open(key)
    with pytest.raises(FileMissing):
        store.size(key)


@pytest.mark.parametrize(
    "key", ["../secret", "/etc/passwd", "a/../../b", "a//b", "", "a/.incoming/b", "a\x00b", "A", "a" * 300]
)
def test_no_key_leads_out_of_the_store(store: Store, key: str) -> None:
    for act in (store.open, store.size, store.exists, store.delete):
        with pytest.raises(BadKey):
            act(key)  # type: ignore[operator]


def test_a_source_that_breaks_leaves_nothing(store: Store) -> None:
    def broken() -> object:
        yield b"half a loaf"
        raise ConnectionError("the baker left")

    with pytest.raises(ConnectionError):
        store.put(broken(), content_type="image/png", prefix="broken")  # type: ignore[arg-type]


def test_bad_prefixes_are_refused(store: Store) -> None:
    with pytest.raises(BadKey):
        store.put(b"x", content_type="image/png", prefix="../up")
