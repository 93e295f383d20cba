"""Which store the environment chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
from chassis.config import SettingMissing, Settings
from files import FolderStore, store_from_settings
from files.s3 import S3Store

S3 = {"S3_BUCKET": "kaike", "S3_ACCESS_KEY_ID": "id", "S3_SECRET_ACCESS_KEY": "secret"}


def settings(tmp_path: Path, **environ: str) -> Settings:
    given = {"KAIKE_ENV": "test", "KAIKE_SECRET": "s" * 40, "KAIKE_VAR": str(tmp_path), **environ}
    return Settings.from_env("bakery", given)


def test_a_folder_in_var_is_the_default(tmp_path: Path) -> None:
    store = store_from_settings(settings(tmp_path))
    store.put(b"bread", content_type="image/png", prefix="bakery")
    assert isinstance(store, FolderStore)
    assert (tmp_path / "files" / "bakery").is_dir()


def test_another_folder_can_be_named(tmp_path: Path) -> None:
    store = store_from_settings(settings(tmp_path, KAIKE_FILES=str(tmp_path / "elsewhere")))
    store.put(b"bread", content_type="image/png", prefix="bakery")
    assert (tmp_path / "elsewhere" / "bakery").is_dir()


def test_a_bucket_chooses_s3(tmp_path: Path, s3_endpoint: str) -> None:
    store = store_from_settings(settings(tmp_path, S3_ENDPOINT_URL=s3_endpoint, **S3))
    assert isinstance(store, S3Store)
    key = store.put(b"bread", content_type="image/png", prefix="bakery")
    assert store.open(key).read() == b"bread"


@pytest.mark.parametrize("missing", ["S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])
def test_a_bucket_without_keys_is_refused_by_name(tmp_path: Path, missing: str) -> None:
    given = {name: value for name, value in S3.items() if name != missing}
    with pytest.raises(SettingMissing, match=missing):
        store_from_settings(settings(tmp_path, **given))
