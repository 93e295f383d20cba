"""What check-in announces."""

import sqlalchemy as sa
from bus import Counted, Guard, Once
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.check_in.rules.slots import REQUIRED, DoneCheckIn
from supervision.rules.receipts import Receipt

CHECK_IN_RECORDED = "supervision.check_in.recorded.v1"


def _days_that_count() -> str:
    """The learner's days of which every slot is there (S3), with the row that is being written."""
    kinds = [slots for slots in REQUIRED.values() if slots]
    quoted = [", ".join(f"'{slot}'" for slot in slots) for slots in kinds]
    same = " ".join(f"WHEN CAST(:row_slot AS text) IN ({names}) THEN slot IN ({names})" for names in quoted)
    needed = " ".join(
        f"WHEN CAST(:row_slot AS text) IN ({names}) THEN {len(slots)}"
        for names, slots in zip(quoted, kinds, strict=True)
    )
    return f"""(SELECT count(*) FROM (
        SELECT day FROM (
            SELECT day FROM check_ins WHERE enrolment_id = :row_enrolment_id AND CASE {same} END
            UNION ALL SELECT :row_day
        ) AS slots GROUP BY day HAVING count(*) = CASE {needed} END
    ) AS days)"""


_once = Once(
    CheckIn,
    counted=Counted(name="days_checked_in", sql=_days_that_count()),
    guard=Guard(
        sql="EXISTS (SELECT 1 FROM class_policies WHERE class_id = :row_class_id AND state = 'open'"
        " AND epoch = :epoch)",
        given={"epoch": sa.Integer()},
    ),
)


def check_in_recorded(session: Session, record: DoneCheckIn, *, receipt: Receipt) -> bool:
    """Write a check-in with the photo of the receipt and announce it, with the days that count by then (S3).

    False when its slot was filled before, its photo has served, or the class is not open in the receipt's epoch
    (K27): then nothing is written and nothing announced.
    """
    row = {
        "id": record.id,
        "class_id": receipt.class_id,
        "enrolment_id": receipt.enrolment_id,
        "account_id": receipt.account_id,
        "provider_id": receipt.provider_id,
        "day": record.day,
        "slot": record.slot,
        "at": record.at,
        "photo_key": receipt.key,
        "photo_type": receipt.content_type,
        "photo_sha256": receipt.sha256,
    }
    data = {
        "check_in_id": str(record.id),
        "class_id": str(receipt.class_id),
        "enrolment_id": str(receipt.enrolment_id),
        "day": record.day.isoformat(),
        "slot": str(record.slot),
        "at": moment_text(record.at),
    }
    sequence = _once.announce(
        session,
        row,
        type=CHECK_IN_RECORDED,
        aggregate=("enrolment", receipt.enrolment_id),
        subject=f"check_in/{record.id}",
        data=data,
        now=record.at,
        given={"epoch": receipt.epoch},
    )
    return sequence is not None
