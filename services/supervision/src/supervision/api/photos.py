"""Photos by links that expire (X6)."""

from chassis import clock
from chassis.web import Blueprint
from flask import Response

from supervision.actions.give_photo_link import PURPOSE
from supervision.api.stores import photo_links, photo_store

blp = Blueprint("photos", "supervision", description="照片链接")


@blp.route("/photos/<token>")
@blp.response(200, content_type="image/jpeg")
def get_photo(token: str) -> Response:
    """The photo that a link leads to, until the link ends. Who was given the link is logged (X6)."""
    subject = photo_links().read(token, purpose=PURPOSE, now=clock.now())
    content_type, _, key = subject.partition(" ")
    response = Response(photo_store().open(key), content_type=content_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    return response
