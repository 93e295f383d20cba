"""C4: remove a course that no package holds."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from chassis.errors import Conflict
from sqlalchemy.orm import Session

from catalog.actions.change_course import own_course
from catalog.models import PackageCourse
from catalog.rules.ownership import Scope


class CourseInUse(Conflict):
    """A package holds it."""

    code = "catalog.course.in_use"
    title = "课程正被课程包使用"
    next_step = "请先从课程包中移除该课程。"


def delete_course(session: Session, course_id: uuid.UUID, *, scope: Scope, expected_version: int) -> None:
    """Remove the course. Raises CourseUnknown, ChangedMeanwhile, CourseInUse."""
    course = own_course(session, course_id, scope=scope, expected_version=expected_version)
    # The course is locked, and a package locks the courses that it takes: nobody can add it meanwhile.
    holding = sa.select(PackageCourse.package_id).where(PackageCourse.course_id == course_id).limit(1)
    if session.scalar(holding) is not None:
        raise CourseInUse
    session.delete(course)
    session.flush()
