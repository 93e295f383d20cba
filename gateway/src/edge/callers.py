"""Who is asking, as far as this door counts it: by address, and by account where a token says one."""

from __future__ import annotations

import base64
import binascii
import json

from chassis import clock
from chassis.papers import BadPaper, KeysUnavailable, Papers
from chassis.web.addresses import counted_as
from chassis.web.auth import access_cookie
from flask import current_app, request

from edge.addresses import client_address
from edge.config import EdgeSettings


def client() -> str:
    """The address of the present request's client."""
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    return client_address(
        peer=request.environ.get("REMOTE_ADDR") or "127.0.0.1",
        forwarded_for=request.headers.get("X-Forwarded-For"),
        trusted=settings.trusted_proxies,
    )


def counted_address() -> str:
    """The address, or the network, under which the present request is counted."""
    return counted_as(client())


def account() -> str:
    """The account whose genuine access token came with the request; "" without one. Whether it may do what it asks is
    its service's to decide."""
    settings: EdgeSettings = current_app.extensions["edge.settings"]
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.cookies.get(access_cookie(tls=settings.tls), "")
    if not token.strip():
        return ""
    papers: Papers = current_app.extensions["edge.papers"]
    try:
        claims = papers.read(token.strip(), typ="access", issuer="identity", now=clock.now())
    except (BadPaper, KeysUnavailable):
        return ""
    return str(claims.get("sub", ""))


def account_of_link(link: str) -> str:
    """The account that a media link says that it is for; the link itself where it says none.

    Not verified: edge-media answers a forged link at once, so a lie holds nothing.
    """
    payload = link.partition(".")[2].partition(".")[0]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (binascii.Error, ValueError):
        return link
    said = claims.get("sub") if isinstance(claims, dict) else None
    return said if isinstance(said, str) and said else link
