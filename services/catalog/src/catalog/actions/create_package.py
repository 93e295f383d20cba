"""C1–C7: a new package, as a draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalog.actions.fill_package import fill_package
from catalog.models import Package
from catalog.queries.known import check_active


def create_package(
    session: Session,
    *,
    owner: uuid.UUID | None,
    account_id: uuid.UUID,
    wanted: Mapping[str, Any],
    media_ids: Sequence[uuid.UUID],
    now: datetime,
) -> Package:
    """Make the draft; official when `owner` is None. Composing official courses needs no add-on (C9).

    Raises PackageInvalid, ProviderInactive.
    """
    check_active(session, owner)
    package = Package(provider_id=owner, created_by=account_id, created_at=now)
    fill_package(session, package, wanted=wanted, media_ids=media_ids, now=now)
    return package
