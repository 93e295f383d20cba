"""C10: announce a file that will come in parts."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from catalog.models import Upload
from catalog.queries.known import check_active
from catalog.rules.uploads import MediaKind, check_announced

LIFETIME = timedelta(hours=24)


def begin_upload(
    session: Session,
    *,
    owner: uuid.UUID | None,
    account_id: uuid.UUID,
    kind: MediaKind,
    name: str,
    size: int,
    now: datetime,
) -> Upload:
    """Take note of the file. Nothing is said yet about its content. Raises UploadTooLarge, ProviderInactive."""
    check_active(session, owner)
    check_announced(kind=kind, size=size)
    upload = Upload(
        provider_id=owner,
        created_by=account_id,
        kind=kind,
        name=name,
        size=size,
        received=0,
        expires_at=now + LIFETIME,
        created_at=now,
        updated_at=now,
    )
    session.add(upload)
    session.flush()
    return upload
