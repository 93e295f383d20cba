"""The enrolment ticket that a learner's request carries."""

import uuid
from datetime import datetime

from chassis.errors import Gone, NotFound
from chassis.papers import BadPaper, ExpiredPaper
from chassis.web import runtime
from flask import request

from supervision.queries.classes import TicketOutdated
from supervision.rules.tickets import Ticket, ticket_of

TICKET = {
    "in": "header",
    "name": "Kaike-Ticket",
    "required": True,
    "description": "The enrolment ticket that classroom gave this learner",
    "schema": {"type": "string"},
}


MAY_HAVE_TICKET = {**TICKET, "required": False}


class TicketMissing(NotFound):
    """No ticket, not a genuine one, or somebody else's: as if the class did not exist."""

    code = "supervision.ticket.missing"
    title = "班级不存在或您未加入该班级"
    next_step = "请从“我的班级”重新进入。"


class TicketExpired(Gone):
    """A genuine ticket whose hour is over."""

    code = "supervision.ticket.expired"
    title = "班级凭证已过期"
    next_step = "请刷新班级页面后重试。"


def ticket_shown(*, account_id: uuid.UUID, now: datetime) -> Ticket:
    """The account's own enrolment ticket. Raises TicketMissing, TicketExpired, or TicketOutdated for one of an
    earlier release, which names no document: the page fetches a new one."""
    token = request.headers.get("Kaike-Ticket", "")
    try:
        claims = runtime().papers.read(token, typ="ticket", issuer="classroom", now=now)
        if "doc" not in claims:
            raise TicketOutdated
        ticket = ticket_of(claims)
    except ExpiredPaper:
        raise TicketExpired from None
    except (BadPaper, KeyError, ValueError, TypeError, AttributeError):
        raise TicketMissing from None
    if ticket.account_id != account_id:
        raise TicketMissing
    return ticket
