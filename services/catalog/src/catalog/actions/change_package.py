"""C8: edit the draft of a package. What was published stays as it is."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.db import locked
from chassis.web import check_version
from sqlalchemy.orm import Session

from catalog.actions.fill_package import fill_package
from catalog.models import Package
from catalog.queries.known import check_active
from catalog.queries.packages import PackageUnknown
from catalog.rules.ownership import Scope


def change_package(
    session: Session,
    package_id: uuid.UUID,
    *,
    scope: Scope,
    expected_version: int,
    wanted: Mapping[str, Any],
    media_ids: Sequence[uuid.UUID],
    now: datetime,
) -> Package:
    """Replace everything in the draft. Raises PackageUnknown, ChangedMeanwhile, PackageInvalid,
    ProviderInactive."""
    package = own_package(session, package_id, scope=scope)
    check_version(package, expected_version)
    check_active(session, package.provider_id)
    fill_package(session, package, wanted=wanted, media_ids=media_ids, now=now)
    return package


def own_package(session: Session, package_id: uuid.UUID, *, scope: Scope) -> Package:
    """The package, locked, if it is the account's to change. Raises PackageUnknown."""
    package = locked(session, Package, package_id)
    if package is None or not scope.owns(package.provider_id):
        raise PackageUnknown
    return package
