"""C8: freeze the draft as the next version, and tell everybody."""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from catalog import events
from catalog.actions.change_package import own_package
from catalog.models import Course, Package, PackageCourse, PackageVersion
from catalog.queries.contents import WITH_COURSES, content_of, digest_of
from catalog.queries.courses import items_of
from catalog.queries.known import check_active
from catalog.queries.packages import newest_versions
from catalog.rules.ownership import Scope
from catalog.rules.publishing import CourseFacts, check_publishable


class NothingToPublish(Conflict):
    """The draft is the newest version already: it was published before, perhaps a moment ago by a colleague."""

    code = "catalog.package.nothing_to_publish"
    title = "课程包自上次发布后没有变化"
    next_step = "无需再次发布；修改课程包后可以发布新版本。"


def publish_package(
    session: Session, package_id: uuid.UUID, *, scope: Scope, account_id: uuid.UUID, now: datetime
) -> PackageVersion:
    """Publish the draft as it stands, with its courses as they stand, and announce the version.

    Raises PackageUnknown, ProviderInactive, NotPublishable, NothingToPublish.
    """
    package = own_package(session, package_id, scope=scope)
    check_active(session, package.provider_id)
    _hold_courses(session, package)
    wanted = sa.select(Package).where(Package.id == package_id).options(*WITH_COURSES)
    package = session.execute(wanted.execution_options(populate_existing=True)).scalar_one()
    check_publishable(
        courses=[_facts(entry.course) for entry in package.entries],
        exam_needed=package.exam_needed,
        has_paper=package.exam_paper_version_id is not None,
    )
    content = content_of(package)
    digest = digest_of(content)
    newest = newest_versions(session, [package.id]).get(package.id)
    if newest is not None and newest.digest == digest:
        raise NothingToPublish
    version = PackageVersion(
        package_id=package.id,
        number=newest.number + 1 if newest else 1,
        content=content,
        digest=digest,
        published_at=now,
        published_by=account_id,
    )
    with refusing(session, {"uq_package_versions_number": NothingToPublish()}):
        session.add(version)
    events.package_published(session, version, now=now)
    return version


def _hold_courses(session: Session, package: Package) -> None:
    """Nobody edits the courses while they are copied: a version must not hold half of an edit."""
    courses = sa.select(PackageCourse.course_id).where(PackageCourse.package_id == package.id)
    held = sa.select(Course.id).where(Course.id.in_(courses)).order_by(Course.id)
    session.execute(held.with_for_update(read=True))


def _facts(course: Course) -> CourseFacts:
    items = items_of(course)
    states = [(item.title, item.medium.state) for item in items if item.medium is not None]
    return CourseFacts(
        name=course.name,
        items=len(items),
        processing=[title for title, state in states if state == "processing"],
        refused=[title for title, state in states if state == "refused"],
    )
