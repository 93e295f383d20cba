"""Which store a process uses, from its settings."""

from __future__ import annotations

from pathlib import Path

from chassis.config import SettingMissing, Settings

from files.folder import FolderStore
from files.store import Store


def store_from_settings(settings: Settings) -> Store:
    """S3 when `S3_BUCKET` is set (then `S3_ACCESS_KEY_ID` and `S3_SECRET_ACCESS_KEY` are needed, and
    `S3_ENDPOINT_URL` and `S3_REGION` may be given); else the folder `KAIKE_FILES`, or `files` in `KAIKE_VAR`.

    Raises SettingMissing with the name of what is missing.
    """
    env = settings.environ
    bucket = env.get("S3_BUCKET")
    if not bucket:
        return FolderStore(Path(env.get("KAIKE_FILES") or settings.var / "files"))
    try:
        from files.s3 import S3Store  # boto3 is an extra: a folder needs none of it
    except ImportError as error:
        message = "S3_BUCKET is set, but boto3 is not installed: pip install 'kaike[s3]'"
        raise SettingMissing(message) from error
    for name in ("S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"):
        if not env.get(name):
            raise SettingMissing(f"S3_BUCKET is set, but {name} is not")
    return S3Store(
        bucket=bucket,
        endpoint_url=env.get("S3_ENDPOINT_URL") or None,
        region=env.get("S3_REGION") or "us-east-1",
        access_key_id=env["S3_ACCESS_KEY_ID"],
        secret_access_key=env["S3_SECRET_ACCESS_KEY"],
    )
