"""exam.paper.published.v1: versions of papers, which never change."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from bus import Event
from chassis.db import insert_missing
from sqlalchemy.orm import Session

from catalog.models import Item, Package, PublishedPaper
from catalog.reactions.keep_providers import uuid_or_none

PLAIN = ("kind", "title", "question_count", "total_score", "pass_score", "seconds")


def keep_papers(session: Session, events: Sequence[Event]) -> None:
    """A fact with a key of its own: the first arrival is kept, any other is the same again."""
    rows = {event.data["paper_version_id"]: _row(event) for event in events}
    insert_missing(session, PublishedPaper, list(rows.values()))


def forget_papers(session: Session) -> None:
    """Empty the projection for a rebuild, but for what courses and packages refer to: that never changes."""
    used = sa.union(
        sa.select(Item.paper_version_id).where(Item.paper_version_id.is_not(None)),
        sa.select(Package.exam_paper_version_id).where(Package.exam_paper_version_id.is_not(None)),
    )
    session.execute(sa.delete(PublishedPaper).where(PublishedPaper.paper_version_id.not_in(used)))


def _row(event: Event) -> dict[str, object]:
    data = event.data
    return {
        "paper_version_id": UUID(data["paper_version_id"]),
        "paper_id": UUID(data["paper_id"]),
        "paper_version": data["version"],
        "provider_id": uuid_or_none(data["provider_id"]),
        **{name: data[name] for name in PLAIN},
    }
