"""Builders for tests of study: packages, opened classes, learners, passes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.clock import shanghai_day
from chassis.ids import new_id
from sqlalchemy.orm import Session

from classroom.study.actions.add_learner import add_learner
from classroom.study.actions.open_class import open_class
from classroom.study.actions.play_item import note_opened
from classroom.study.models import StudyClass, StudyItem, StudyLearner
from classroom.study.rules.completion import Kind

NO_SUPERVISION = {"real_name": False, "check_in": "off", "daily_video_hours": None, "study_windows": []}
SPINE = (("video", 60), ("document", 30), ("exercise", 0), ("mock_exam", 90), ("video", 20))
"""Kinds and seconds of a small package."""


def package_data(
    *, items: Sequence[tuple[str, int]] = SPINE, play_order: str = "sequential", courses: int = 1
) -> dict[str, Any]:
    """The data of catalog.package.published.v1, with the items spread over so many courses."""
    size = -(-len(items) // courses)
    return {
        "package_id": str(new_id()),
        "version": 1,
        "name": "电工（初级）",
        "provider_id": None,
        "category_id": str(new_id()),
        "subsidised": True,
        "minutes_per_class_hour": 45,
        "documents_count": True,
        "play_order": play_order,
        "exam": {"paper_version_id": str(new_id()), "title": "结业考试", "seconds": 900},
        "courses": [
            {
                "course_id": str(new_id()),
                "name": f"课程 {number + 1}",
                "items": [_item(kind, seconds) for kind, seconds in items[start : start + size]],
            }
            for number, start in enumerate(range(0, len(items), size))
        ],
        "totals": {},
    }


def _item(kind: str, seconds: int) -> dict[str, Any]:
    media = kind in ("video", "document")
    return {
        "item_id": str(new_id()),
        "kind": kind,
        "title": f"{kind} {seconds}",
        "seconds": seconds,
        "media_id": str(new_id()) if media else None,
        "paper_version_id": None if media else str(new_id()),
    }


def item_ids(package: dict[str, Any]) -> list[UUID]:
    """The items of a package in play order."""
    return [UUID(item["item_id"]) for course in package["courses"] for item in course["items"]]


def studied_class(
    session: Session,
    *,
    now: datetime,
    package: dict[str, Any] | None,
    class_id: UUID | None = None,
    provider_id: UUID | None = None,
    start_day: date | None = None,
    days: int = 7,
    **supervision: Any,
) -> StudyClass:
    """A class open for study from today on; keywords are K4 settings."""
    start = start_day or shanghai_day(now)
    return open_class(
        session,
        class_id=class_id or new_id(),
        provider_id=provider_id or new_id(),
        package=package,
        start_day=start,
        end_day=start + timedelta(days=days - 1),
        supervision={**NO_SUPERVISION, **supervision},
        epoch=1,
        minutes_per_class_hour=45,
        now=now,
    )


def learner(
    session: Session,
    *,
    study_class: StudyClass,
    now: datetime,
    account_id: UUID | None = None,
    documents_opened: bool = True,
) -> StudyLearner:
    """Somebody who has joined, and has had an item ticket for each document."""
    who = add_learner(
        session,
        class_id=study_class.class_id,
        enrolment_id=new_id(),
        account_id=account_id or new_id(),
        now=now,
    )
    if documents_opened:
        open_documents(session, who=who, now=now)
    return who


def open_documents(session: Session, *, who: StudyLearner, now: datetime) -> None:
    """As if the item tickets of all documents of the class had been given."""
    documents = sa.select(StudyItem).where(
        StudyItem.class_id == who.class_id, StudyItem.kind == Kind.DOCUMENT.value
    )
    for item in session.scalars(documents).all():
        note_opened(session, item=item, enrolment_id=who.enrolment_id, now=now)


def pass_claims(
    who: StudyLearner, *, now: datetime, seconds: int = 120, use: str = "study", epoch: int = 1
) -> dict[str, Any]:
    """The claims of a study pass that begins at ``now`` (S6)."""
    begins = int(now.astimezone(UTC).timestamp())
    return {
        "sub": str(who.account_id),
        "enr": str(who.enrolment_id),
        "cls": str(who.class_id),
        "epoch": epoch,
        "use": use,
        "nbf": begins,
        "exp": begins + seconds,
    }
