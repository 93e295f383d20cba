"""Which item may be opened now (C5, K17)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from classroom.joining.rules.tickets import TicketItem
from classroom.study.actions.open_session import require_item_open, require_studyable


def open_item(
    session: Session, *, class_id: UUID, enrolment_id: UUID, item_id: UUID, now: datetime
) -> TicketItem:
    """The item for its ticket. Raises StudyClosed, OutsideDays, ItemUnknown or ItemLocked."""
    require_studyable(session, class_id=class_id, now=now)
    item = require_item_open(session, class_id=class_id, enrolment_id=enrolment_id, item_id=item_id)
    return TicketItem(
        item_id=item.item_id,
        kind=item.kind,
        seconds=item.seconds,
        media_id=item.media_id,
        paper_version_id=item.paper_version_id,
    )
