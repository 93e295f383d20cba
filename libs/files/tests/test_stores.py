"""What both stores promise."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from chassis import clock
from chassis.ids import new_id
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


def on_shelf(store: Store, shelf: str, *, prefix: str) -> str:
    """A key on this shelf, with an object."""
    key = f"{prefix}/{shelf}/{shelf}{'0' * 29}{len(store.old_keys(prefix, shelf, before=later()))}.png"
    store.put_at(key, b"bread", content_type="image/png")
    return key


def later() -> datetime:
    return clock.now() + timedelta(minutes=1)


def test_the_keys_of_a_shelf_are_those_of_old_objects_below_its_prefix(store: Store) -> None:
    prefix = f"bakery/{new_id().hex}"
    keys = [on_shelf(store, "ab", prefix=prefix) for _ in range(2)]
    on_shelf(store, "ac", prefix=prefix)
    on_shelf(store, "ab", prefix=f"{prefix}/more")
    assert sorted(store.old_keys(prefix, "ab", before=later())) == keys
    assert store.old_keys(prefix, "ab", before=clock.now() - timedelta(minutes=1)) == []
    assert store.old_keys(prefix, "00", before=later()) == []
    store.delete(keys[0])
    assert store.old_keys(prefix, "ab", before=later()) == keys[1:]


def test_every_new_key_is_on_one_of_the_256_shelves(store: Store) -> None:
    prefix = f"bakery/{new_id().hex}"
    kept = {store.put(b"bread", content_type="image/png", prefix=prefix) for _ in range(3)}
    shelves = [store.old_keys(prefix, f"{place:02x}", before=later()) for place in range(256)]
    assert {key for shelf in shelves for key in shelf} == kept


def test_what_no_new_key_looks_like_is_on_no_shelf(store: Store) -> None:
    prefix = f"bakery/{new_id().hex}"
    for name in ("ab-list.png", f"cd{'0' * 30}.png", f"ab/{'0' * 32}.png"):
        store.put_at(f"{prefix}/ab/{name}", b"bread", content_type="image/png")
    assert store.old_keys(prefix, "ab", before=later()) == []


@pytest.mark.parametrize("shelf", ["..", "", "a/../b"])
def test_no_shelf_leads_out_of_the_store(store: Store, shelf: str) -> None:
    with pytest.raises(BadKey):
        store.old_keys("bakery", shelf, before=later())
