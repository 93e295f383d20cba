"""Course packages: drafts and published versions (C1, C5–C9)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from chassis import clock
from chassis.web import (
    Blueprint,
    PageArgs,
    current_actor,
    edits_version,
    etag,
    if_match,
    page_of,
    paginate,
    runtime,
)

from catalog.actions.change_package import change_package as change
from catalog.actions.create_package import create_package as create
from catalog.actions.delete_package import delete_package as delete
from catalog.actions.publish_package import publish_package as publish
from catalog.api.asking import asking, linker
from catalog.models import PackageVersion
from catalog.queries import packages as reading
from catalog.queries.categories import tree
from catalog.rules.categories import below
from catalog.schemas.html import media_ids_in, with_links
from catalog.schemas.packages import (
    PackageArgs,
    PackageIn,
    PackageOut,
    PackageSummary,
    VersionOut,
    VersionSummary,
)

blp = Blueprint("packages", "catalog", description="Course packages")


@blp.route("/packages", methods=["GET"])
@blp.arguments(PackageArgs, location="query")
@blp.response(200, page_of(PackageSummary))
def list_packages(args: dict[str, Any]) -> dict[str, Any]:
    """C9: `owner=official` (官方推荐) or `owner=own` (自建); of others' the newest published version."""
    session, scope = runtime().session, asking()
    category_id = args["category_id"]
    select = reading.select_packages(
        scope,
        tab=args["owner"],
        text=args["text"],
        category_ids=below(category_id, tree(session)) if category_id else (),
        published=args["published"],
    )
    page = paginate(session, select, args)
    return {**page, "items": _with_covers(reading.views(session, page["items"], scope=scope))}


@blp.route("/packages", methods=["POST"])
@blp.arguments(PackageIn)
@blp.response(201, PackageOut)
def create_package(wanted: dict[str, Any]) -> Any:
    """C1–C7: make a draft; official when a platform_admin does."""
    package = create(
        runtime().session,
        owner=asking().owner_of_new,
        account_id=current_actor().account_id,
        wanted=wanted,
        media_ids=media_ids_in(wanted["introduction"]),
        now=clock.now(),
    )
    return _shown(package.id, 201)


@blp.route("/packages/<uuid:package_id>", methods=["GET"])
@blp.response(200, PackageOut)
def get_package(package_id: uuid.UUID) -> Any:
    """C1–C8: the draft for its owner, the newest published version of an official package for others."""
    return _shown(package_id, 200)


@blp.route("/packages/<uuid:package_id>", methods=["PUT"])
@edits_version
@blp.arguments(PackageIn)
@blp.response(200, PackageOut)
def change_package(wanted: dict[str, Any], package_id: uuid.UUID) -> Any:
    """C8: replace the draft. Classes keep the version that they chose."""
    expected = if_match()
    change(
        runtime().session,
        package_id,
        scope=asking(),
        expected_version=expected,
        wanted=wanted,
        media_ids=media_ids_in(wanted["introduction"]),
        now=clock.now(),
    )
    return _shown(package_id, 200)


@blp.route("/packages/<uuid:package_id>", methods=["DELETE"])
@edits_version
@blp.response(204)
def delete_package(package_id: uuid.UUID) -> None:
    """C8: remove a draft that was never published."""
    delete(runtime().session, package_id, scope=asking(), expected_version=if_match())


@blp.route("/packages/<uuid:package_id>/versions", methods=["POST"])
@blp.response(201, VersionOut)
def publish_package(package_id: uuid.UUID) -> dict[str, Any]:
    """C8: freeze the draft as the next version. Without a change since the last one: 409."""
    version = publish(
        runtime().session,
        package_id,
        scope=asking(),
        account_id=current_actor().account_id,
        now=clock.now(),
    )
    return _version(version)


@blp.route("/packages/<uuid:package_id>/versions", methods=["GET"])
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(VersionSummary))
def list_package_versions(args: dict[str, Any], package_id: uuid.UUID) -> dict[str, Any]:
    """C8: all versions, newest first."""
    reading.find_package(runtime().session, package_id, scope=asking())
    return paginate(runtime().session, reading.select_versions(package_id), args)


@blp.route("/packages/<uuid:package_id>/versions/<int:number>", methods=["GET"])
@blp.response(200, VersionOut)
def get_package_version(package_id: uuid.UUID, number: int) -> dict[str, Any]:
    """C8: one version as it was published."""
    return _version(reading.find_version(runtime().session, package_id, number, scope=asking()))


def _shown(package_id: uuid.UUID, status: int) -> Any:
    session, scope = runtime().session, asking()
    package = reading.find_package(session, package_id, scope=scope)
    found = reading.views(session, [package], scope=scope)[0]
    return _with_links(found), status, etag(package.version)


def _version(version: PackageVersion) -> dict[str, Any]:
    return _with_links(reading.version_view(version, known=tree(runtime().session)))


def _with_links(shown: dict[str, Any]) -> dict[str, Any]:
    """The cover and the media of the introduction get addresses that expire."""
    (with_cover,) = _with_covers([shown])
    introduction = shown["introduction"]
    link = linker(media_ids_in(introduction), account_id=current_actor().account_id, now=clock.now())
    return {**with_cover, "introduction": with_links(introduction, link)}


def _with_covers(shown: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    covers = [uuid.UUID(each["cover_media_id"]) if each["cover_media_id"] else None for each in shown]
    known = {cover for cover in covers if cover is not None}
    link = linker(known, account_id=current_actor().account_id, now=clock.now())
    return [
        {**each, "cover_url": link(cover) if cover else None}
        for each, cover in zip(shown, covers, strict=True)
    ]
