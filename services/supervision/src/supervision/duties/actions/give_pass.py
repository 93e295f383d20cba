"""A player asks for a pass: a signed pass for 120 s, or the list of duties now due (S6)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import shanghai_day
from chassis.db import insert
from chassis.errors import Conflict
from chassis.papers import Signer
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from supervision.duties.models import StudyStreak
from supervision.duties.queries.standing import held_passes, standing_of
from supervision.duties.rules.duties import (
    PASS_SECONDS,
    Duty,
    Held,
    Use,
    due_by,
    duties_due,
    is_granted,
    next_held,
)
from supervision.queries.classes import known_policy, require_class_day, require_open
from supervision.rules.tickets import Ticket


class DutiesDue(Conflict):
    """Something has to be done before study or exam goes on; `duties` lists all of it."""

    code = "supervision.duties.due"
    title = "有监管要求需要先完成"
    next_step = "请按提示完成实名认证、授权或签到，然后继续。"


@dataclass(frozen=True, kw_only=True)
class Pass:
    """A signed pass, and the duties that may still wait, with the moment until which they may."""

    token: str
    expires_at: datetime
    duties: list[dict[str, Any]]


def give_pass(
    session: Session, *, class_id: uuid.UUID, ticket: Ticket, use: Use, signer: Signer, now: datetime
) -> Pass:
    """Sign a pass for the learner's study or exam. Its length is fixed and tells nothing.

    Raises ClassNotFound, ProjectionPending, TicketOutdated, ClassNotOpen, NoClassDay (study only) or DutiesDue.
    """
    policy = known_policy(session, class_id=class_id, ticket=ticket)
    require_open(policy)
    if use is Use.STUDY:
        require_class_day(policy, today=shanghai_day(now))
    held = held_passes(session, ticket=ticket) if use is Use.STUDY else None
    standing = standing_of(session, policy, ticket=ticket, use=use, now=now)
    due = duties_due(use=use, standing=standing, now=now)
    told = _told(due, held=held, now=now)
    if not is_granted(due, held=held, now=now):
        raise DutiesDue(duties=told)
    if use is Use.STUDY:
        _hold(session, ticket=ticket, held=next_held(held, now=now))
    return Pass(
        token=signer.sign(_claims(ticket, use), typ="pass", lifetime=PASS_SECONDS, now=now),
        # A paper's times are whole seconds.
        expires_at=now.replace(microsecond=0) + timedelta(seconds=PASS_SECONDS),
        duties=told,
    )


def _claims(ticket: Ticket, use: Use) -> dict[str, str | int]:
    return {
        "sub": str(ticket.account_id),
        "enr": str(ticket.enrolment_id),
        "cls": str(ticket.class_id),
        "epoch": ticket.epoch,
        "use": str(use),
    }


def _told(due: Sequence[Duty], *, held: Held | None, now: datetime) -> list[dict[str, Any]]:
    said = []
    for duty in due:
        line: dict[str, Any] = {"kind": str(duty.kind)}
        if duty.slot is not None:
            line["slot"] = str(duty.slot)
        end = due_by(duty, held=held, now=now)
        if end is not None:
            line["due_by"] = moment_text(end)
        said.append(line)
    return said


def _hold(session: Session, *, ticket: Ticket, held: Held) -> None:
    row = {"enrolment_id": ticket.enrolment_id, "since": held.since, "until": held.until}
    statement = insert(session, StudyStreak).values(row)
    statement = statement.on_conflict_do_update(
        index_elements=["enrolment_id"],
        set_={"since": statement.excluded.since, "until": statement.excluded.until},
        # Two devices at once: the row that reaches further stands.
        where=StudyStreak.until < statement.excluded.until,
    )
    session.execute(statement)
