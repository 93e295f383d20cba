"""C4: edit a course. Versions of packages that were published with it stay as they are (C8)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from chassis.db import locked
from chassis.web import check_version
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from catalog.actions.fill_course import fill_course
from catalog.models import Chapter, Course, Item
from catalog.queries.courses import CourseUnknown
from catalog.queries.known import addons_of, check_active
from catalog.rules.ownership import Scope, check_may_build_courses


def change_course(
    session: Session,
    course_id: uuid.UUID,
    *,
    scope: Scope,
    expected_version: int,
    name: str,
    chapters: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Course:
    """Replace name and chapters; items that name their id keep it.

    Raises CourseUnknown, ChangedMeanwhile, AddonRequired (C9), ProviderInactive, CourseInvalid.
    """
    course = own_course(session, course_id, scope=scope, expected_version=expected_version)
    check_active(session, course.provider_id)
    check_may_build_courses(provider_id=course.provider_id, addons=addons_of(session, course.provider_id))
    present = sa.select(Item.id).join(Chapter).where(Chapter.course_id == course.id)
    known_ids = frozenset(session.scalars(present))
    course.name, course.updated_at = name, now
    flag_modified(course, "updated_at")  # other chapters alone are a new version of the course too
    fill_course(session, course, chapters=chapters, known_ids=known_ids)
    return course


def own_course(session: Session, course_id: uuid.UUID, *, scope: Scope, expected_version: int) -> Course:
    """The course, locked, if it is the account's to change and at the version that it read."""
    course = locked(session, Course, course_id)
    if course is None or not scope.owns(course.provider_id):
        raise CourseUnknown
    check_version(course, expected_version)
    return course
