"""What only S3 can get wrong: being away, or refusing us."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from chassis import clock
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
    with pytest.raises(StoreAway):
        store.old_keys("bakery", "aa", before=clock.now())


def test_a_shelf_with_more_objects_than_one_answer_lists_is_listed_whole(s3_endpoint: str) -> None:
    store = store_at(s3_endpoint, "kaike")
    keys = [f"many/ab/ab{place:030x}.png" for place in range(1001)]
    for key in keys:
        store._client.put_object(Bucket="kaike", Key=key, Body=b"")
    assert store.old_keys("many", "ab", before=clock.now() + timedelta(minutes=1)) == keys


def test_what_was_begun_long_ago_and_never_became_an_object_is_aborted(s3_endpoint: str) -> None:
    store = store_at(s3_endpoint, "kaike")
    begun = store._client.create_multipart_upload(Bucket="kaike", Key="bakery/aa/x.mp4")
    assert begun["UploadId"]
    assert (
        store.drop_half_written(before=datetime(2010, 1, 1, tzinfo=UTC)) == 0
    )  # the server says it began in 2010
    assert store.drop_half_written(before=clock.now()) == 1
    assert store.drop_half_written(before=clock.now()) == 0


def test_an_upload_that_another_worker_has_aborted_is_no_error(
    s3_endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(s3_endpoint, "kaike")
    store._client.create_multipart_upload(Bucket="kaike", Key="bakery/aa/x.mp4")
    abort = store._client.abort_multipart_upload
    monkeypatch.setattr(
        store._client, "abort_multipart_upload", lambda **about: abort(**about) and abort(**about)
    )
    assert store.drop_half_written(before=clock.now()) == 1
