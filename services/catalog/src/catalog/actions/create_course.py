"""C4, C9: a new chapter course."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from catalog.actions.fill_course import fill_course
from catalog.models import Course
from catalog.queries.known import addons_of, check_active
from catalog.rules.ownership import check_may_build_courses


def create_course(
    session: Session,
    *,
    owner: uuid.UUID | None,
    account_id: uuid.UUID,
    name: str,
    chapters: Sequence[Mapping[str, Any]],
    now: datetime,
) -> Course:
    """Make a course with its chapters; official when `owner` is None.

    Raises AddonRequired (C9), ProviderInactive, CourseInvalid.
    """
    check_active(session, owner)
    check_may_build_courses(provider_id=owner, addons=addons_of(session, owner))
    course = Course(provider_id=owner, name=name, created_by=account_id, created_at=now, updated_at=now)
    session.add(course)
    session.flush()
    fill_course(session, course, chapters=chapters, known_ids=frozenset())
    return course
