"""What a check-in depends on, read in one statement: the class, the account, and what is done already."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from supervision.check_in.models import CheckIn
from supervision.check_in.rules.slots import REQUIRED, CheckInPolicy, DoneCheckIn, Slot
from supervision.models import ClassLearner, ClassPolicy
from supervision.queries.classes import require_known
from supervision.real_name.models import Consent, RealName
from supervision.real_name.queries.real_names import FACE_PHOTO
from supervision.rules.tickets import Ticket


@dataclass(frozen=True, kw_only=True)
class Before:
    """How things stand before a check-in."""

    state: str
    start_day: date
    end_day: date
    real_name: bool
    check_in: CheckInPolicy
    verified: bool
    consented: bool
    earlier_days: int
    """Days before today that count (S3)."""
    today: Mapping[Slot, DoneCheckIn]


def before_check_in(session: Session, *, class_id: uuid.UUID, ticket: Ticket, day: date) -> Before:
    """The ticket's class and learner as they are known. Raises ClassNotFound, ProjectionPending, TicketOutdated."""
    asked = {
        "class_id": class_id,
        "enrolment_id": ticket.enrolment_id,
        "account_id": ticket.account_id,
        "day": day,
    }
    rows = session.connection().execute(_BEFORE, asked).all()
    removed = bool(rows) and rows[0].removed
    known = require_known(rows[0] if rows else None, removed=removed, class_id=class_id, ticket=ticket)
    return Before(
        state=known.state,
        start_day=known.start_day,
        end_day=known.end_day,
        real_name=known.real_name,
        check_in=CheckInPolicy(known.check_in),
        verified=known.verified,
        consented=known.consented,
        earlier_days=known.earlier_days,
        today={
            Slot(row.slot): DoneCheckIn(id=row.id, day=day, slot=Slot(row.slot), at=row.at)
            for row in rows
            if row.id is not None
        },
    )


def _table(model: Any) -> sa.Table:
    table: sa.Table = model.__table__
    return table


# Built once: a class checks in within minutes, and building its statements anew took half of the time.
_policies, _learners, _check_ins = _table(ClassPolicy), _table(ClassLearner), _table(CheckIn)
_names, _consents = _table(RealName), _table(Consent)
_enrolment: sa.BindParameter[Any] = bindparam("enrolment_id")
_account: sa.BindParameter[Any] = bindparam("account_id")
_day: sa.BindParameter[Any] = bindparam("day")
_today = _check_ins.alias("today")


def _earlier_days() -> sa.ScalarSelect[int]:
    """Days that count: every slot that the class's policy requires is there. One slot can only be there once."""
    required = [(policy, slots) for policy, slots in REQUIRED.items() if slots]
    # No IN: SQLAlchemy writes its list out anew for each execution.
    fits = [
        (_policies.c.check_in == policy) & (_check_ins.c.slot == slot)
        for policy, slots in required
        for slot in slots
    ]
    needed = sa.case(*((_policies.c.check_in == policy, len(slots)) for policy, slots in required))
    whole = (
        sa.select(_check_ins.c.day)
        .where(_check_ins.c.enrolment_id == _enrolment, _check_ins.c.day < _day, sa.or_(*fits))
        .group_by(_check_ins.c.day)
        .having(sa.func.count() == needed)
        .correlate(_policies)
    )
    return sa.select(sa.func.count()).select_from(whole.subquery()).scalar_subquery()


_BEFORE = (
    sa.select(
        _policies.c.state,
        _policies.c.epoch,
        _policies.c.policy_version,
        _policies.c.start_day,
        _policies.c.end_day,
        _policies.c.real_name,
        _policies.c.check_in,
        sa.exists().where(_learners.c.enrolment_id == _enrolment, _learners.c.removed).label("removed"),
        sa.exists().where(_names.c.account_id == _account).label("verified"),
        sa.exists()
        .where(
            _consents.c.account_id == _account,
            _consents.c.purpose == FACE_PHOTO,
            _consents.c.withdrawn_at.is_(None),
        )
        .label("consented"),
        _earlier_days().label("earlier_days"),
        _today.c.id,
        _today.c.slot,
        _today.c.at,
    )
    .outerjoin(_today, (_today.c.enrolment_id == _enrolment) & (_today.c.day == _day))
    .where(_policies.c.class_id == bindparam("class_id"))
)
