"""What check-in announces."""

from datetime import datetime

import bus
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn

CHECK_IN_RECORDED = "supervision.check_in.recorded.v1"


def check_in_recorded(session: Session, check_in: CheckIn, *, days_checked_in: int, now: datetime) -> None:
    """A learner checked in; `days_checked_in` are the days that count so far (S3)."""
    data = {
        "check_in_id": str(check_in.id),
        "class_id": str(check_in.class_id),
        "enrolment_id": str(check_in.enrolment_id),
        "day": check_in.day.isoformat(),
        "slot": str(check_in.slot),
        "at": moment_text(check_in.at),
        "days_checked_in": days_checked_in,
    }
    bus.announce(
        session,
        type=CHECK_IN_RECORDED,
        aggregate=("enrolment", check_in.enrolment_id),
        subject=f"check_in/{check_in.id}",
        data=data,
        now=now,
    )
