"""What taking a photo in depends on, read in one statement."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from chassis.db import table_of
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from supervision.models import ClassLearner, ClassPolicy
from supervision.photos.models import Photo
from supervision.queries.classes import require_known
from supervision.real_name.models import Consent, RealName
from supervision.real_name.queries.real_names import FACE_PHOTO, verdict_for
from supervision.rules.tickets import Ticket


@dataclass(frozen=True, kw_only=True)
class Before:
    """How things stand before a photo."""

    state: str
    start_day: date
    end_day: date
    real_name: bool
    check_in: str
    verified: bool
    consented: bool
    recent: int
    """Photos of this enrolment that were taken in lately."""


def before_photo(session: Session, *, ticket: Ticket, now: datetime, recently: timedelta) -> Before:
    """The ticket's class and learner as they are known. Raises ClassNotFound, ProjectionPending, TicketOutdated."""
    asked = {
        "class_id": ticket.class_id,
        "enrolment_id": ticket.enrolment_id,
        "account_id": ticket.account_id,
        "document": ticket.document,
        "since": now - recently,
    }
    row = session.connection().execute(_BEFORE, asked).one_or_none()
    removed = row is not None and row.removed
    known = require_known(row, removed=removed, class_id=ticket.class_id, ticket=ticket)
    return Before(
        state=known.state,
        start_day=known.start_day,
        end_day=known.end_day,
        real_name=known.real_name,
        check_in=known.check_in,
        verified=known.verified,
        consented=known.consented,
        recent=known.recent,
    )


# Built once, as for check-ins: a class takes its photos within minutes.
_policies, _learners, _names, _consents, _photos = (
    table_of(model) for model in (ClassPolicy, ClassLearner, RealName, Consent, Photo)
)
_enrolment: sa.BindParameter[Any] = bindparam("enrolment_id")
_account: sa.BindParameter[Any] = bindparam("account_id")

_BEFORE = sa.select(
    _policies.c.state,
    _policies.c.epoch,
    _policies.c.policy_version,
    _policies.c.start_day,
    _policies.c.end_day,
    _policies.c.real_name,
    _policies.c.check_in,
    sa.exists().where(_learners.c.enrolment_id == _enrolment, _learners.c.removed).label("removed"),
    sa.exists()
    .where(
        verdict_for(_names.c, account_id=_account, document=bindparam("document"), enrolment_id=_enrolment)
    )
    .label("verified"),
    sa.exists()
    .where(
        _consents.c.account_id == _account,
        _consents.c.purpose == FACE_PHOTO,
        _consents.c.withdrawn_at.is_(None),
    )
    .label("consented"),
    sa.select(sa.func.count())
    .select_from(_photos)
    .where(_photos.c.enrolment_id == _enrolment, _photos.c.taken_in_at > bindparam("since"))
    .scalar_subquery()
    .label("recent"),
).where(_policies.c.class_id == bindparam("class_id"))
