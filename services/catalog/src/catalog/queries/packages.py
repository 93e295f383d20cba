"""Reading packages: owners see the draft, others the newest published version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from chassis.errors import NotFound
from sqlalchemy.orm import Session, aliased, load_only

from catalog.models import Package, PackageVersion, TrainingPlan
from catalog.queries.categories import tree
from catalog.queries.contents import WITH_COURSES, content_of, digest_of
from catalog.queries.visibility import of_tab, owned, visible
from catalog.rules.categories import Tree, path_of
from catalog.rules.ownership import Scope

MOST_VERSIONS = 2**31 - 1
"""Larger numbers have no place in the column, and so no version."""


class PackageUnknown(NotFound):
    """No such package, somebody else's, or an official one that was never published."""

    code = "catalog.package.not_found"
    title = "课程包不存在"
    next_step = "请刷新列表后重新选择。"


class PackageVersionUnknown(NotFound):
    """The package has no version of this number."""

    code = "catalog.package.version_not_found"
    title = "课程包没有这个版本"
    next_step = "请查看课程包的版本列表。"


def find_package(session: Session, package_id: uuid.UUID, *, scope: Scope) -> Package:
    """A package that the account may look at, with its courses. Raises PackageUnknown."""
    seen = sa.or_(owned(Package.provider_id, scope), _published())
    wanted = sa.select(Package).where(Package.id == package_id, visible(Package.provider_id, scope), seen)
    found = session.scalar(wanted.options(*WITH_COURSES))
    if found is None:
        raise PackageUnknown
    return found


def find_own_package(session: Session, package_id: uuid.UUID, *, scope: Scope) -> Package:
    """A package whose draft is the account's to see and change. Raises PackageUnknown."""
    found = session.scalar(
        sa.select(Package).where(Package.id == package_id, owned(Package.provider_id, scope))
    )
    if found is None:
        raise PackageUnknown
    return found


def find_version(session: Session, package_id: uuid.UUID, number: int, *, scope: Scope) -> PackageVersion:
    """One published version. Raises PackageUnknown, PackageVersionUnknown."""
    find_package(session, package_id, scope=scope)
    if number > MOST_VERSIONS:
        raise PackageVersionUnknown
    wanted = sa.select(PackageVersion).where(
        PackageVersion.package_id == package_id, PackageVersion.number == number
    )
    found = session.scalar(wanted)
    if found is None:
        raise PackageVersionUnknown
    return found


def select_versions(package_id: uuid.UUID) -> sa.Select[Any]:
    """The versions of a package, newest first, without their content."""
    lean = load_only(PackageVersion.number, PackageVersion.published_at, PackageVersion.published_by)
    of_package = sa.select(PackageVersion).where(PackageVersion.package_id == package_id)
    return of_package.options(lean).order_by(PackageVersion.number.desc())


def newest_versions(session: Session, ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, PackageVersion]:
    """The newest version of each of the packages that has one."""
    newer = aliased(PackageVersion)
    superseded = sa.exists().where(
        newer.package_id == PackageVersion.package_id, newer.number > PackageVersion.number
    )
    rows = session.scalars(sa.select(PackageVersion).where(PackageVersion.package_id.in_(ids), ~superseded))
    return {row.package_id: row for row in rows}


def select_packages(
    scope: Scope,
    *,
    tab: str | None,
    text: str | None,
    category_ids: Sequence[uuid.UUID],
    published: bool | None,
) -> sa.Select[Any]:
    """C9: the packages of a tab, last changed first. Of others' only published ones are shown."""
    is_published = _published()
    column = Package.provider_id
    select = sa.select(Package).where(
        visible(column, scope), of_tab(column, tab, scope), sa.or_(owned(column, scope), is_published)
    )
    if text:
        select = select.where(Package.name.icontains(text, autoescape=True))
    if category_ids:
        select = select.where(Package.category_id.in_(category_ids))
    if published is not None:
        select = select.where(is_published if published else ~is_published)
    return select.options(*WITH_COURSES).order_by(Package.updated_at.desc(), Package.id.desc())


def views(session: Session, packages: Sequence[Package], *, scope: Scope) -> list[dict[str, Any]]:
    """Packages as their pages and the lists show them."""
    known = tree(session)
    newest = newest_versions(session, [package.id for package in packages])
    return [_view(package, newest.get(package.id), scope=scope, known=known) for package in packages]


def _view(package: Package, newest: PackageVersion | None, *, scope: Scope, known: Tree) -> dict[str, Any]:
    editable = scope.owns(package.provider_id)
    if editable or newest is None:
        content = content_of(package)
        changed = newest is None or newest.digest != digest_of(content)
    else:
        content, changed = newest.content, False
    return {
        **_public(content),
        "id": package.id,
        "official": package.provider_id is None,
        "editable": editable,
        "category_path": path_of(uuid.UUID(content["category_id"]), known),
        "version": package.version,
        "published_version": newest.number if newest else None,
        "changed_since_published": changed,
        "course_count": len(content["courses"]),
        "created_at": package.created_at,
        "updated_at": package.updated_at,
    }


def version_view(version: PackageVersion, *, known: Tree) -> dict[str, Any]:
    """A published version as it is shown."""
    return {
        **_public(version.content),
        "package_id": version.package_id,
        "number": version.number,
        "category_path": path_of(uuid.UUID(version.content["category_id"]), known),
        "published_at": version.published_at,
    }


def training_plan(session: Session, package_id: uuid.UUID, *, scope: Scope) -> TrainingPlan | None:
    """C3: the training plan of an own package, if one was written. Raises PackageUnknown."""
    find_own_package(session, package_id, scope=scope)
    return session.get(TrainingPlan, package_id)


def _published() -> sa.ColumnElement[bool]:
    return sa.exists().where(PackageVersion.package_id == Package.id)


def _public(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "provider_id"}
