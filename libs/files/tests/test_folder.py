"""What only a folder can get wrong."""

from __future__ import annotations

import errno
import os
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from chassis import clock
from files import FileMissing, FolderStore, StoreAway


def names(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]


def test_a_broken_source_leaves_no_file_at_all(tmp_path: Path) -> None:
    def broken() -> object:
        yield b"half a loaf"
        raise ConnectionError("the baker left")

    store = FolderStore(tmp_path)
    with pytest.raises(ConnectionError):
        store.put(broken(), content_type="image/png", prefix="bakery")  # type: ignore[arg-type]
    assert names(tmp_path) == []


def test_bytes_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    rename = Path.rename
    monkeypatch.setattr(os, "fsync", lambda handle: order.append("fsync"))
    monkeypatch.setattr(Path, "rename", lambda self, target: order.append("rename") or rename(self, target))
    FolderStore(tmp_path).put(b"bread", content_type="image/png", prefix="bakery")
    assert order == ["fsync", "rename", "fsync"]


def test_a_disk_that_takes_a_part_gets_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    store = FolderStore(tmp_path)
    key = store.put(b"a loaf of bread", content_type="image/png", prefix="bakery")
    monkeypatch.undo()
    assert store.open(key).read() == b"a loaf of bread"


def test_a_folder_that_was_tidied_away_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter(("ab01", "ab02"))
    monkeypatch.setattr("secrets.token_hex", lambda _size: next(given))
    store = FolderStore(tmp_path)
    store.delete(store.put(b"bread", content_type="image/png", prefix="bakery"))
    (tmp_path / "bakery" / "ab").rmdir()
    assert store.exists(store.put(b"bread", content_type="image/png", prefix="bakery"))


def test_nothing_is_put_through_a_symbolic_link_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    store = FolderStore(tmp_path / "files")
    (tmp_path / "files" / "bakery").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileMissing):
        store.put(b"bread", content_type="image/png", prefix="bakery")
    assert names(tmp_path) == []


def test_a_symbolic_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("recipe")
    store = FolderStore(tmp_path / "files")
    (tmp_path / "files" / "way-out").symlink_to(tmp_path / "secret")
    with pytest.raises(FileMissing):
        store.open("way-out")


def test_a_folder_is_not_an_object(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.put(b"bread", content_type="image/png", prefix="bakery")
    assert not store.exists("bakery")
    with pytest.raises(FileMissing):
        store.open("bakery")


def test_only_its_owner_looks_into_the_folder(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "var" / "files")
    key = store.put(b"bread", content_type="image/png", prefix="bakery")
    assert (tmp_path / "var" / "files").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var" / "files" / key).stat().st_mode & 0o077 == 0


def test_a_full_disk_is_told_as_such_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store = FolderStore(tmp_path)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(os, "fsync", full)
        with pytest.raises(StoreAway) as told:
            store.put(b"bread", content_type="image/png", prefix="bakery")
    assert (told.value.status, told.value.retry_after) == (503, 60)
    assert names(tmp_path) == []
    assert store.exists(store.put(b"bread", content_type="image/png", prefix="bakery"))


def test_what_a_killed_process_had_half_written_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    store, incoming = FolderStore(tmp_path), tmp_path / ".incoming"
    (incoming / "dead.png").write_bytes(b"half a loaf")
    (incoming / "alive.png").write_bytes(b"half a loaf")
    os.utime(incoming / "dead.png", (0, 0))
    assert store.drop_half_written(before=clock.now() - timedelta(hours=1)) == 1
    assert names(tmp_path) == [".incoming/alive.png"]
    assert store.drop_half_written(before=clock.now() - timedelta(hours=1)) == 0


def test_a_file_that_vanishes_while_its_shelf_is_listed_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FolderStore(tmp_path)
    keys = [f"bakery/ab/ab{number:030x}.png" for number in range(2)]
    for key in keys:
        store.put_at(key, b"bread", content_type="image/png")
    scandir = os.scandir

    def listed(folder: Path) -> object:
        with scandir(folder) as entries:
            found = list(entries)
        store.delete(keys[0])  # another worker
        return nullcontext(found)

    monkeypatch.setattr(os, "scandir", listed)
    assert store.old_keys("bakery", "ab", before=clock.now() + timedelta(minutes=1)) == keys[1:]


def test_a_shelf_that_cannot_be_read_is_told_as_such(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    (tmp_path / "bakery").mkdir()
    (tmp_path / "bakery" / "ab").write_bytes(b"no folder")
    with pytest.raises(StoreAway):
        store.old_keys("bakery", "ab", before=clock.now())


@pytest.mark.parametrize("asked", ["open", "size", "exists", "delete"])
def test_a_broken_disk_is_told_as_such_whatever_is_asked_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    store = FolderStore(tmp_path)
    key = store.put(b"bread", content_type="image/png", prefix="bakery")

    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    for name in ("open", "stat", "unlink"):
        monkeypatch.setattr(Path, name, broken)
    with pytest.raises(StoreAway):
        getattr(store, asked)(key)


def test_a_folder_that_cannot_be_made_is_a_store_that_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(StoreAway):
        FolderStore(tmp_path / "file" / "store")
