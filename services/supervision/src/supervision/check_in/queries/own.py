"""A learner's own check-ins, and what today asks for (S2, S3)."""

import uuid
from datetime import datetime
from typing import Any

from chassis.clock import shanghai_day
from sqlalchemy.orm import Session

from supervision.check_in.queries.check_ins import own_check_ins, slots_by_day
from supervision.check_in.rules.counting import days_checked_in
from supervision.check_in.rules.slots import CheckInPolicy, required_slots, slot_at
from supervision.queries.classes import known_policy
from supervision.rules.days import class_days, days_begun, is_class_day
from supervision.rules.tickets import Ticket


def own_view(session: Session, *, class_id: uuid.UUID, ticket: Ticket, now: datetime) -> dict[str, Any]:
    """Own check-ins, X/Y and today's slots. Raises ClassNotFound, ProjectionPending or TicketOutdated."""
    known = known_policy(session, class_id=class_id, ticket=ticket)
    policy, today = CheckInPolicy(known.check_in), shanghai_day(now)
    span = {"start_day": known.start_day, "end_day": known.end_day}
    required = required_slots(policy)
    by_day = slots_by_day(session, enrolment_id=ticket.enrolment_id)
    done, is_day = by_day.get(today, set()), is_class_day(**span, today=today)
    current = slot_at(policy, now) if is_day and known.state == "open" else None
    return {
        "class_id": class_id,
        "check_in": policy,
        "days_checked_in": days_checked_in(required=required, done=by_day),
        "days_begun": days_begun(**span, today=today),
        "class_days": class_days(**span),
        "is_class_day": is_day,
        "today": [
            {"slot": slot, "done": slot in done, "due_now": slot is current and slot not in done}
            for slot in (required if is_day else ())
        ],
        "items": own_check_ins(session, enrolment_id=ticket.enrolment_id),
    }
