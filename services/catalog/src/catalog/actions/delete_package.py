"""C8: remove a package that was never published."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from chassis.errors import Conflict
from chassis.web import check_version
from sqlalchemy.orm import Session

from catalog.actions.change_package import own_package
from catalog.models import PackageVersion
from catalog.rules.ownership import Scope


class PackageWasPublished(Conflict):
    """Classes may have chosen one of its versions."""

    code = "catalog.package.was_published"
    title = "课程包已发布过，不能删除"
    next_step = "已使用课程包的班级需要保留它；如不再使用，可以修改名称加以说明。"


def delete_package(session: Session, package_id: uuid.UUID, *, scope: Scope, expected_version: int) -> None:
    """Remove the draft. Raises PackageUnknown, ChangedMeanwhile, PackageWasPublished."""
    package = own_package(session, package_id, scope=scope)
    check_version(package, expected_version)
    # The package is locked, and publishing locks it too: no version can come meanwhile.
    published = sa.select(PackageVersion.id).where(PackageVersion.package_id == package_id).limit(1)
    if session.scalar(published) is not None:
        raise PackageWasPublished
    session.delete(package)
    session.flush()
