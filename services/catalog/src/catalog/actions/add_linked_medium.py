"""C10: a video or document that stays where it is and is linked."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from catalog.models import Medium
from catalog.queries.known import check_active
from catalog.rules.links import check_link
from catalog.rules.uploads import MediaKind


def add_linked_medium(
    session: Session,
    *,
    owner: uuid.UUID | None,
    account_id: uuid.UUID,
    kind: MediaKind,
    name: str,
    url: str,
    seconds: int | None,
    origins: Collection[str],
    now: datetime,
) -> Medium:
    """Take note of the address. A linked video's length is told, because there is no file of ours to read it
    from. `origins` are those from which the pages play media. Raises LinkInvalid, ProviderInactive."""
    check_active(session, owner)
    check_link(kind=kind, url=url, seconds=seconds, origins=origins)
    medium = Medium(
        provider_id=owner,
        kind=kind,
        name=name,
        state="ready",
        url=url,
        seconds=seconds,
        created_by=account_id,
        created_at=now,
        updated_at=now,
    )
    session.add(medium)
    session.flush()
    return medium
