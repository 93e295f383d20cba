"""Setting who looks after a class."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from classroom.classes.models import ClassStaff, Duty, TrainingClass
from classroom.classes.queries.staff import require_staff, staff_of


def assign_staff(
    session: Session,
    *,
    training_class: TrainingClass,
    teacher_id: uuid.UUID,
    assistant_ids: Sequence[uuid.UUID],
) -> dict[str, list[object]]:
    """Replace the class's staff; returns what changed, by name, for the audit log. Raises StaffUnknown (K2)."""
    require_staff(
        session,
        provider_id=training_class.provider_id,
        teacher_id=teacher_id,
        assistant_ids=assistant_ids,
    )
    before = staff_of(session, class_ids=[training_class.id])[training_class.id]
    session.execute(sa.delete(ClassStaff).where(ClassStaff.class_id == training_class.id))
    wanted = [(teacher_id, Duty.TEACHER), *((each, Duty.ASSISTANT) for each in assistant_ids)]
    session.execute(
        sa.insert(ClassStaff),
        [
            {"class_id": training_class.id, "account_id": account_id, "duty": duty.value}
            for account_id, duty in wanted
        ],
    )
    after = staff_of(session, class_ids=[training_class.id])[training_class.id]
    if [(each.account_id, each.duty) for each in before] == [(each.account_id, each.duty) for each in after]:
        return {}
    return {"staff": [[each.name for each in before], [each.name for each in after]]}
