"""A store in any S3-compatible service. Needs the extra `s3` (boto3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

import boto3
import structlog
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.client import Config
from botocore.exceptions import BotoCoreError, ClientError
from chassis import troubles

from files.chunks import Chunks, Reader, Source, chunks_of
from files.store import FileMissing, StoreAway, checked_key, keys_on, new_key, shelf_of

log = structlog.get_logger(__name__)

_GONE = {"404", "NoSuchKey", "NoSuchUpload", "NotFound"}
_TRANSFER = TransferConfig(use_threads=False, multipart_threshold=16 * 2**20, multipart_chunksize=16 * 2**20)


class S3Store:
    """Objects in one bucket, which must exist."""

    def __init__(
        self,
        *,
        bucket: str,
        endpoint_url: str | None,
        region: str,
        access_key_id: str,
        secret_access_key: str,
    ) -> None:
        """Signature v4 and path-style addresses: what Garage, SeaweedFS, Ceph and clouds all know."""
        self._bucket = bucket
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint_url,
            region_name=region,
            aws_access_key_id=access_key_id,
            aws_secret_access_key=secret_access_key,
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint_url else "auto"},
                retries={"max_attempts": 3, "mode": "standard"},
                connect_timeout=5,
                read_timeout=30,
                # boto3's newer default checksums are refused by several compatible services.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, source: Source, *, content_type: str, prefix: str) -> str:
        """See `Store.put`."""
        key = new_key(prefix, content_type)
        self.put_at(key, source, content_type=content_type)
        return key

    def put_at(self, key: str, source: Source, *, content_type: str) -> None:
        """See `Store.put_at`; S3 itself shows an object only when it is whole."""
        with _told():
            self._client.upload_fileobj(
                Reader(chunks_of(source)),
                self._bucket,
                checked_key(key),
                ExtraArgs={"ContentType": content_type},
                Config=_TRANSFER,
            )

    def open(self, key: str, *, start: int = 0, length: int | None = None) -> Chunks:
        """See `Store.open`."""
        last = "" if length is None else str(start + max(length, 1) - 1)
        wanted = {"Bucket": self._bucket, "Key": checked_key(key), "Range": f"bytes={start}-{last}"}
        with _told():
            try:
                answer = self._client.get_object(**wanted)
            except ClientError as error:
                if _code(error) == "InvalidRange":
                    return Chunks(Reader(iter(())), 0)
                raise
        return Chunks(answer["Body"], length)

    def size(self, key: str) -> int:
        """See `Store.size`."""
        with _told():
            return int(self._client.head_object(Bucket=self._bucket, Key=checked_key(key))["ContentLength"])

    def exists(self, key: str) -> bool:
        """See `Store.exists`."""
        try:
            self.size(key)
        except FileMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """See `Store.delete`."""
        with _told():
            self._client.delete_object(Bucket=self._bucket, Key=checked_key(key))

    def old_keys(self, prefix: str, shelf: str, *, before: datetime) -> list[str]:
        """See `Store.old_keys`."""
        place = shelf_of(prefix, shelf)
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=place)
        with _told():
            listed = [each for page in pages for each in page.get("Contents", ())]
        old = (each["Key"] for each in listed if each["LastModified"] < before)
        return keys_on(place, (key.removeprefix(place) for key in old))

    def drop_half_written(self, *, before: datetime) -> int:
        """See `Store.drop_half_written`: parts of large objects, which the bucket keeps (and charges) unseen."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket)
        with _told():
            begun = [each for page in pages for each in page.get("Uploads", ()) if each["Initiated"] < before]
        for each in begun:
            about = {"Bucket": self._bucket, "Key": each["Key"], "UploadId": each["UploadId"]}
            with suppress(FileMissing), _told():  # another worker was quicker
                self._client.abort_multipart_upload(**about)
        return len(begun)


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


@contextmanager
def _told() -> Iterator[None]:
    """What S3 says, in the store's own words."""
    try:
        yield
    except ClientError as error:
        if _code(error) in _GONE:
            raise FileMissing from None
        troubles.met("store")
        log.error("store_away", error=_code(error))
        raise StoreAway(retry_after=60) from error
    except (BotoCoreError, Boto3Error) as error:
        troubles.met("store")
        log.error("store_away", error=type(error).__name__)
        raise StoreAway(retry_after=60) from error
