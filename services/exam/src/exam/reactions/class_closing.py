"""When a class closes, hand in what runs (K27)."""

from uuid import UUID

import bus
import structlog
from chassis import clock
from sqlalchemy.orm import Session

from exam.actions.close_class import ClassAlreadyClosed, close_class

log = structlog.get_logger(__name__)


def when_class_closes_hand_in(session: Session, event: bus.Event) -> None:
    """classroom.class.closing.v1: hand in, refuse new attempts, answer once per epoch."""
    class_id, epoch = UUID(event.data["class_id"]), int(event.data["epoch"])
    try:
        close_class(session, class_id=class_id, epoch=epoch, now=clock.now())
    except ClassAlreadyClosed:
        # The same epoch announced again: its answer has been given and counts.
        log.info("class_closed_before", class_id=str(class_id), epoch=epoch)
