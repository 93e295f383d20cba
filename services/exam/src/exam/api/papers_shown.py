"""The signed papers that a learner's request carries: ticket and study pass."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from chassis.errors import Conflict, Gone, NotFound
from chassis.papers import BadPaper, ExpiredPaper
from chassis.web import runtime
from flask import request

from exam.rules.tickets import Item, Ticket, admits, item_of, pass_of, ticket_of

Read = TypeVar("Read")


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "required": True,
        "description": description,
        "schema": {"type": "string"},
    }


TICKET = _header("Kaike-Ticket", "The enrolment ticket that classroom gave this learner")
ITEM_TICKET = _header("Kaike-Ticket", "The item ticket that classroom gave this learner")
PASS = _header("Kaike-Pass", "A study pass of supervision, for this learner, class and use")


class TicketMissing(NotFound):
    """No ticket, not a genuine one, or somebody else's: as if the class did not exist."""

    code = "exam.ticket.missing"
    title = "班级不存在或您未加入该班级"
    next_step = "请从“我的班级”重新进入。"


class TicketExpired(Gone):
    """A genuine ticket whose hour is over."""

    code = "exam.ticket.expired"
    title = "班级凭证已过期"
    next_step = "请刷新班级页面后重试。"


class PassNeeded(Conflict):
    """Without a valid pass no attempt begins (S6)."""

    code = "exam.pass.needed"
    title = "需要先完成监管要求"
    next_step = "请先完成实名认证等监管要求，再开始作答。"


def ticket_shown(*, account_id: uuid.UUID, now: datetime) -> Ticket:
    """The account's own enrolment ticket. Raises TicketMissing or TicketExpired."""
    return _own(_ticket_claims("ticket", now=now), ticket_of, account_id=account_id)


def item_ticket_shown(*, account_id: uuid.UUID, now: datetime) -> tuple[Ticket, Item]:
    """The account's own item ticket. Raises TicketMissing or TicketExpired."""
    claims = _ticket_claims("item-ticket", now=now)
    return _own(claims, ticket_of, account_id=account_id), _read(claims, item_of)


def require_pass(*, ticket: Ticket, use: str, now: datetime) -> None:
    """Raise PassNeeded unless the request carries a valid pass of this learner, class and use."""
    token = request.headers.get("Kaike-Pass", "")
    try:
        claims = runtime().papers.read(token, typ="pass", issuer="supervision", now=now)
        held = pass_of(claims)
    except (BadPaper, KeyError, ValueError, TypeError, AttributeError):
        raise PassNeeded from None
    if not admits(held, ticket=ticket, use=use):
        raise PassNeeded


def _ticket_claims(typ: str, *, now: datetime) -> dict[str, Any]:
    token = request.headers.get("Kaike-Ticket", "")
    try:
        return runtime().papers.read(token, typ=typ, issuer="classroom", now=now)
    except ExpiredPaper:
        raise TicketExpired from None
    except BadPaper:
        raise TicketMissing from None


def _own(
    claims: Mapping[str, Any], reader: Callable[[Mapping[str, Any]], Ticket], *, account_id: uuid.UUID
) -> Ticket:
    ticket = _read(claims, reader)
    if ticket.account_id != account_id:
        raise TicketMissing
    return ticket


def _read(claims: Mapping[str, Any], reader: Callable[[Mapping[str, Any]], Read]) -> Read:
    try:
        return reader(claims)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise TicketMissing from None
