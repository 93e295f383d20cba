"""Which item may be opened now (C5, K3, K4, K17)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chassis.clock import shanghai_midnight
from sqlalchemy.orm import Session

from classroom.classes.models import TrainingClass
from classroom.joining.rules.tickets import LIFETIME, TicketItem
from classroom.study.actions.play_item import play_item
from classroom.study.rules.completion import STUDIED


def open_item(
    session: Session, *, training_class: TrainingClass, enrolment_id: UUID, item_id: UUID, now: datetime
) -> TicketItem:
    """The item for its ticket, which never outlives the last day on which the item may be opened. Raises what
    ``play_item`` raises."""
    item = play_item(
        session,
        class_id=training_class.id,
        enrolment_id=enrolment_id,
        item_id=item_id,
        replay_until=training_class.replay_until,
        now=now,
    )
    replayed = item.kind in STUDIED and training_class.replay_until is not None
    last_day = training_class.replay_until if replayed else training_class.end_day
    over = shanghai_midnight((last_day or training_class.end_day) + timedelta(days=1))
    return TicketItem(
        item_id=item.item_id,
        kind=item.kind,
        seconds=item.seconds,
        media_id=item.media_id,
        paper_version_id=item.paper_version_id,
        ends_at=min(now + timedelta(seconds=LIFETIME), over),
    )
