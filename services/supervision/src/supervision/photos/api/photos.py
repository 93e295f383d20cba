"""Photo intake (S5, S8), and photos by links that expire (X6).

Everything below /photos may be answered by processes of its own, so that slow photos never delay check-ins.
"""

from typing import Any

from chassis import clock
from chassis.errors import Gone, TooMany
from chassis.web import Blueprint, accepts_upload, autocommits, current_actor, refuses, runtime
from flask import Response

from supervision.actions.give_photo_link import PURPOSE
from supervision.api.receipts import signed_receipt
from supervision.api.stores import photo_links, photo_store
from supervision.api.tickets import TICKET, ticket_shown
from supervision.api.uploads import MAX_BODY, judged_photo
from supervision.photos.actions.take_in_photo import take_in_photo
from supervision.photos.schemas.photos import PhotoIn, ReceiptOut

blp = Blueprint("photos", "supervision", description="照片")


@blp.route("/photos", methods=["POST"])
@refuses(TooMany)
@autocommits
@accepts_upload(MAX_BODY)
@blp.arguments(PhotoIn, location="multipart")
@blp.doc(parameters=[TICKET])
@blp.response(201, ReceiptOut)
def add_photo(parts: dict[str, Any]) -> Any:
    """Take in a photo (S5). Needs a ticket and a standing consent (X6). The receipt is good for ten minutes."""
    now = clock.now()
    ticket = ticket_shown(account_id=current_actor().account_id, now=now)
    receipt = take_in_photo(
        runtime().session,
        ticket=ticket,
        purpose=parts["purpose"],
        photo=lambda: judged_photo(parts),
        store=photo_store(),
        now=now,
    )
    return {"receipt": signed_receipt(receipt), "expires_at": receipt.until}


@blp.route("/photos/<token>")
@refuses(Gone)
@blp.response(200, content_type="image/*", schema={"type": "string", "format": "binary"})
def get_photo(token: str) -> Response:
    """The photo that a link leads to, until the link ends. Who was given the link is logged (X6)."""
    subject = photo_links().read(token, purpose=PURPOSE, now=clock.now())
    content_type, _, key = subject.partition(" ")
    response = Response(photo_store().open(key), content_type=content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
