"""Media: what they are, and links to them that expire (C10)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from chassis import clock
from chassis.config import https_origins
from chassis.errors import Conflict, Gone, NotFound
from chassis.papers import BadPaper, ExpiredPaper
from chassis.web import Blueprint, current_actor, page_of, paginate, runtime
from flask import request

from catalog.actions.add_linked_medium import add_linked_medium as add_linked
from catalog.api.asking import LEARNERS_LINK_LIFETIME, LINK_LIFETIME, VIEWERS, asking, link_to
from catalog.models import Medium
from catalog.queries.media import find_medium, medium_of_ticket, select_media
from catalog.rules.tickets import ItemTicket, item_ticket_of
from catalog.schemas.media import LinkedMediumIn, MediaArgs, MediaLinkOut, MediumOut

blp = Blueprint("media", "catalog", description="Videos, documents, pictures and sounds")


ITEM_TICKET = {
    "in": "header",
    "name": "Kaike-Ticket",
    "required": False,
    "description": "The item ticket that classroom gave this learner; staff need none",
    "schema": {"type": "string"},
}


class TicketMissing(NotFound):
    """No ticket, not a genuine one, or somebody else's: as if the item did not exist."""

    code = "catalog.ticket.missing"
    title = "学习内容不存在或尚未开放"
    next_step = "请从“我的班级”重新进入。"


class TicketExpired(Gone):
    """A genuine item ticket whose hour is over."""

    code = "catalog.ticket.expired"
    title = "学习凭证已过期"
    next_step = "请刷新学习页面，会自动取得新的凭证。"


class MediumNotReady(Conflict):
    """Still being judged, or refused."""

    code = "catalog.media.not_ready"
    title = "文件尚不能播放"
    next_step = "文件正在处理或未通过检查，请查看文件状态。"


@blp.route("/media", methods=["GET"])
@blp.arguments(MediaArgs, location="query")
@blp.response(200, page_of(MediumOut))
def list_media(args: dict[str, Any]) -> dict[str, Any]:
    """The media that the account may use in what it makes, newest first."""
    select = select_media(asking(), kind=args["kind"], state=args["state"], text=args["text"])
    page = paginate(runtime().session, select, args)
    return {**page, "items": [_view(medium) for medium in page["items"]]}


@blp.route("/media", methods=["POST"])
@blp.arguments(LinkedMediumIn)
@blp.response(201, MediumOut)
def add_linked_medium(wanted: dict[str, Any]) -> dict[str, Any]:
    """C10: link a video or document that stays where it is, at one of the sites in `KAIKE_MEDIA_ORIGINS`: the pages
    play none of others."""
    medium = add_linked(
        runtime().session,
        owner=asking().owner_of_new,
        account_id=current_actor().account_id,
        **wanted,
        origins=https_origins(runtime().settings.environ, "KAIKE_MEDIA_ORIGINS"),
        now=clock.now(),
    )
    return _view(medium)


@blp.route("/media/<uuid:media_id>", methods=["GET"])
@blp.response(200, MediumOut)
def get_medium(media_id: uuid.UUID) -> dict[str, Any]:
    """C10: what is known of it; poll while `state` is processing."""
    return _view(find_medium(runtime().session, media_id, scope=asking()))


@blp.route("/media/<uuid:media_id>/link", methods=["POST"])
@blp.doc(parameters=[ITEM_TICKET])
@blp.response(200, MediaLinkOut)
def make_media_link(media_id: uuid.UUID) -> dict[str, Any]:
    """C10: an address that works for two hours. A learner sends the item ticket in the header Kaike-Ticket, and gets
    one for ten minutes, never beyond the ticket (K27); staff see what is their provider's or official."""
    now = clock.now()
    medium, lifetime = _allowed(media_id, now=now)
    if medium.state != "ready":
        raise MediumNotReady(state=medium.state)
    url = link_to(medium, account_id=current_actor().account_id, now=now, lifetime=lifetime)
    return {"url": url, "content_type": medium.content_type, "expires_at": now + lifetime}


def _allowed(media_id: uuid.UUID, *, now: datetime) -> tuple[Medium, timedelta]:
    """The medium, and how long a link to it may live."""
    session = runtime().session
    token = request.headers.get("Kaike-Ticket")
    if token is None:
        if not current_actor().has(*VIEWERS):
            raise TicketMissing
        return find_medium(session, media_id, scope=asking()), LINK_LIFETIME
    ticket = _ticket_shown(token, now=now)
    medium = medium_of_ticket(session, media_id, ticket=ticket)
    return medium, min(LEARNERS_LINK_LIFETIME, ticket.ends_at - now)


def _ticket_shown(token: str, *, now: datetime) -> ItemTicket:
    """The account's own item ticket. Raises TicketMissing or TicketExpired."""
    try:
        ticket = item_ticket_of(runtime().papers.read(token, typ="item-ticket", issuer="classroom", now=now))
    except ExpiredPaper:
        raise TicketExpired from None
    except (BadPaper, KeyError, ValueError, TypeError, AttributeError):
        raise TicketMissing from None
    if ticket.account_id != current_actor().account_id:
        raise TicketMissing
    return ticket


def _view(medium: Medium) -> dict[str, Any]:
    shown = (
        "id",
        "kind",
        "name",
        "state",
        "content_type",
        "size",
        "seconds",
        "width",
        "height",
        "created_at",
    )
    return {
        **{name: getattr(medium, name) for name in shown},
        "linked": medium.url is not None,
        "refusal": medium if medium.state == "refused" else None,
    }
