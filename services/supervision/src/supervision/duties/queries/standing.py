"""What a learner has done of what the class asks for."""

from datetime import datetime

from chassis.clock import shanghai_day
from sqlalchemy.orm import Session

from supervision.check_in.queries.check_ins import slots_done
from supervision.check_in.rules.slots import CheckInPolicy
from supervision.duties.models import StudyStreak
from supervision.duties.rules.duties import Held, Standing, Use
from supervision.models import ClassPolicy
from supervision.real_name.queries.real_names import has_verified_and_consented
from supervision.rules.tickets import Ticket


def standing_of(
    session: Session, policy: ClassPolicy, *, ticket: Ticket, use: Use, now: datetime
) -> Standing:
    """The facts that decide which duties are due; nothing is looked up that neither class nor use asks for."""
    check_in = CheckInPolicy(policy.check_in)
    checks_in = check_in is not CheckInPolicy.OFF
    verified = consented = False
    if policy.real_name or checks_in:
        verified, consented = has_verified_and_consented(session, ticket)
    done = set()
    if checks_in and use is Use.STUDY:
        done = slots_done(session, enrolment_id=ticket.enrolment_id, day=shanghai_day(now))
    return Standing(
        real_name=policy.real_name,
        check_in=check_in,
        verified=verified,
        consented=consented,
        done=done,
    )


def held_passes(session: Session, *, ticket: Ticket) -> Held | None:
    """The enrolment's last unbroken row of study passes."""
    streak = session.get(StudyStreak, ticket.enrolment_id, populate_existing=True)
    return None if streak is None else Held(since=streak.since, until=streak.until)
