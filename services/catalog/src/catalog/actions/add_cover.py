"""C2: a cover, judged at once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import BinaryIO

from files import Store
from files.judging import judge_image
from sqlalchemy.orm import Session

from catalog.models import Medium
from catalog.queries.known import check_active
from catalog.rules.uploads import MAX_BYTES, MediaKind


def add_cover(
    session: Session,
    *,
    owner: uuid.UUID | None,
    account_id: uuid.UUID,
    name: str,
    stream: BinaryIO,
    store: Store,
    now: datetime,
) -> Medium:
    """Keep a picture that is a JPG or PNG by its content and has at most 5 MB.

    Raises what `files.judging.judge_image` raises, and ProviderInactive.
    """
    image = judge_image(
        stream, max_bytes=MAX_BYTES[MediaKind.COVER]
    )  # takes time, so before anything is locked
    check_active(session, owner)
    key = store.put(image.data, content_type=image.content_type, prefix="catalog/media")
    medium = Medium(
        provider_id=owner,
        kind=MediaKind.COVER,
        name=name,
        state="ready",
        key=key,
        content_type=image.content_type,
        size=len(image.data),
        width=image.width,
        height=image.height,
        created_by=account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(medium)
    session.flush()
    return medium
