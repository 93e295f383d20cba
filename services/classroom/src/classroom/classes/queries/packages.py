"""Course packages as catalog published them (C8, C9)."""

from __future__ import annotations

import uuid
from typing import Any

import sqlalchemy as sa
from chassis.errors import FieldError, Invalid
from sqlalchemy.orm import Session

from classroom.classes.models import PackageVersion, TrainingClass


class PackageUnknown(Invalid):
    """No such version, or not one that this provider may use."""

    code = "classroom.class.package_unknown"
    title = "所选的课程包不可用"
    next_step = "请重新选择课程包；刚发布的课程包请稍候几秒再试。"


def require_package(
    session: Session, *, provider_id: uuid.UUID, package_id: uuid.UUID, version: int
) -> PackageVersion:
    """The published version, official or the provider's own. Raises PackageUnknown."""
    found = session.get(PackageVersion, (package_id, version))
    if found is None or found.provider_id not in (None, provider_id):
        wrong = FieldError(field="/package", code="unknown", message="课程包不存在或尚未发布。")
        raise PackageUnknown(fields=[wrong])
    return found


def package_of(session: Session, *, training_class: TrainingClass) -> PackageVersion | None:
    """The version that the class keeps (C8); None without recorded courses."""
    if training_class.package_id is None:
        return None
    return session.get(PackageVersion, (training_class.package_id, training_class.package_version))


def exam_paper(package: PackageVersion | None) -> str | None:
    """The paper version of the package's online exam, if it has one (C7)."""
    exam: dict[str, Any] | None = None if package is None else package.data.get("exam")
    return None if exam is None else str(exam["paper_version_id"])


def newest_version(session: Session, *, package_id: uuid.UUID) -> int | None:
    """The newest published version; a draft can choose the package again to take it (C8)."""
    select = sa.select(sa.func.max(PackageVersion.version)).where(PackageVersion.package_id == package_id)
    return session.scalar(select)
