"""What only S3 can get wrong: being away, or refusing us."""

from __future__ import annotations

import socket

import pytest
from files import StoreAway
from files.s3 import S3Store


def store_at(endpoint: str, bucket: str) -> S3Store:
    return S3Store(
        bucket=bucket,
        endpoint_url=endpoint,
        region="us-east-1",
        access_key_id="id",
        secret_access_key="secret",
    )


def test_a_service_that_is_away_is_told_as_such() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # not listening: connections are refused
        store = store_at(f"http://127.0.0.1:{nobody.getsockname()[1]}", "kaike")
        with pytest.raises(StoreAway) as told:
            store.size("bakery/aa/x.png")
    assert (told.value.status, told.value.retry_after) == (503, 60)


def test_a_bucket_that_does_not_exist_is_not_taken_for_a_missing_file(s3_endpoint: str) -> None:
    store = store_at(s3_endpoint, "nobodys")
    with pytest.raises(StoreAway):
        store.put(b"bread", content_type="image/png", prefix="bakery")
    with pytest.raises(StoreAway):
        store.open("bakery/aa/x.png")
