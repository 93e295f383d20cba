"""C10: take the next bytes of an upload; with the last ones it becomes a medium that a worker judges."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import locked
from chassis.jobs import enqueue
from files import Store
from sqlalchemy.orm import Session

from catalog.actions.begin_upload import LIFETIME
from catalog.models import Medium, Upload, UploadPart
from catalog.queries.media import UploadUnknown
from catalog.rules.uploads import after_part

JUDGE = "judge_upload"


def add_part(
    session: Session,
    upload_id: uuid.UUID,
    *,
    account_id: uuid.UUID,
    offset: int,
    data: bytes,
    store: Store,
    now: datetime,
) -> Upload:
    """Keep `data` as the bytes from `offset` on.

    Raises UploadUnknown, OffsetWrong (with the right offset), UploadFinished, PartEmpty, PartBeyondEnd.
    """
    # Kept before anything is locked: writing takes long, on SQLite it would keep everybody else from writing.
    key = store.put(data, content_type="application/octet-stream", prefix="catalog/parts")
    try:
        return _take(session, upload_id, account_id, offset=offset, length=len(data), key=key, now=now)
    except BaseException:
        store.delete(key)
        raise


def _take(
    session: Session,
    upload_id: uuid.UUID,
    account_id: uuid.UUID,
    *,
    offset: int,
    length: int,
    key: str,
    now: datetime,
) -> Upload:
    upload = locked(session, Upload, upload_id)
    if upload is None or upload.created_by != account_id:
        raise UploadUnknown
    received = after_part(size=upload.size, received=upload.received, offset=offset, length=length)
    session.add(UploadPart(upload_id=upload.id, start=offset, length=length, key=key))
    if received == upload.size:
        upload.media_id = _become_medium(session, upload, now=now).id
    upload.received = received
    upload.expires_at = now + LIFETIME
    upload.updated_at = now
    session.flush()
    return upload


def _become_medium(session: Session, upload: Upload, *, now: datetime) -> Medium:
    medium = Medium(
        provider_id=upload.provider_id,
        kind=upload.kind,
        name=upload.name,
        state="processing",
        size=upload.size,
        created_by=upload.created_by,
        created_at=now,
        updated_at=now,
    )
    session.add(medium)
    session.flush()
    enqueue(session, kind=JUDGE, args={"upload_id": str(upload.id)}, owner_id=upload.created_by, now=now)
    return medium
