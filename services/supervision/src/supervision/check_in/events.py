"""What check-in announces."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bus import Once
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn

CHECK_IN_RECORDED = "supervision.check_in.recorded.v1"
_once = Once(CheckIn)


def check_in_recorded(
    session: Session, check_in: Mapping[str, Any], *, days_checked_in: int, now: datetime
) -> bool:
    """Write a check-in, given as its row, and announce it; `days_checked_in` are the days that count with it (S3).

    False when its slot was filled before: then nothing is written and nothing announced.
    """
    data = {
        "check_in_id": str(check_in["id"]),
        "class_id": str(check_in["class_id"]),
        "enrolment_id": str(check_in["enrolment_id"]),
        "day": check_in["day"].isoformat(),
        "slot": str(check_in["slot"]),
        "at": moment_text(check_in["at"]),
        "days_checked_in": days_checked_in,
    }
    sequence = _once.announce(
        session,
        check_in,
        type=CHECK_IN_RECORDED,
        aggregate=("enrolment", check_in["enrolment_id"]),
        subject=f"check_in/{check_in['id']}",
        data=data,
        now=now,
    )
    return sequence is not None
