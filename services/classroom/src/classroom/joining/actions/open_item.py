"""Which item may be opened now (C5, K3, K4, K17)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.joining.rules.tickets import TicketItem
from classroom.study.actions.play_item import play_item


def open_item(
    session: Session, *, training_class: TrainingClass, enrolment_id: UUID, item_id: UUID, now: datetime
) -> TicketItem:
    """The item for its ticket. Raises what ``play_item`` raises."""
    item = play_item(
        session,
        class_id=training_class.id,
        enrolment_id=enrolment_id,
        item_id=item_id,
        replay_until=training_class.replay_until,
        now=now,
    )
    return TicketItem(
        item_id=item.item_id,
        kind=item.kind,
        seconds=item.seconds,
        media_id=item.media_id,
        paper_version_id=item.paper_version_id,
    )
