"""Vouchers: uploading one, and looking at it through a link that expires (B7)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from chassis import clock
from chassis.errors import Gone
from chassis.web import Blueprint, accepts_upload, current_actor, refuses, runtime
from files import Links, Store, store_from_settings
from flask import Response

from billing.actions.keep_voucher import VOUCHER_MAX_BYTES, keep_voucher
from billing.api.asking import own_provider, this_request
from billing.models.settlements import Voucher
from billing.schemas.settlements import VoucherFile, VoucherOut

PURPOSE = "voucher"
LINK_LIFETIME = timedelta(minutes=15)
BODY_MAX_BYTES = VOUCHER_MAX_BYTES + 64 * 1024  # the multipart's own lines

blp = Blueprint("vouchers", "billing", description="Remittance vouchers")


@blp.route("/vouchers", methods=["POST"])
@accepts_upload(BODY_MAX_BYTES)
@blp.arguments(VoucherFile, location="multipart")
@blp.response(201, VoucherOut)
def upload_voucher(parts: dict[str, Any]) -> dict[str, Any]:
    """B7: JPG or PNG by its content, whatever its name, at most 5 MB."""
    actor, now = current_actor(), clock.now()
    voucher = keep_voucher(
        runtime().session,
        store=store(),
        image=parts["file"].stream,
        provider_id=own_provider(actor),
        uploaded_by=actor.account_id,
        source=this_request(),
        now=now,
    )
    return with_link(voucher, now=now)


@blp.route("/vouchers/<token>/image", methods=["GET"])
@refuses(Gone)
@blp.response(200, content_type="image/*", schema={"type": "string", "format": "binary"})
def show_voucher(token: str) -> Response:
    """The image behind a link that has not expired. The link itself is the right to see it."""
    key, _, content_type = links().read(token, purpose=PURPOSE, now=clock.now()).partition("|")
    response = Response(store().open(key), mimetype=content_type)
    response.headers["Content-Length"] = str(store().size(key))
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def with_link(voucher: Voucher, *, now: datetime) -> dict[str, Any]:
    """The voucher with a fresh link to its image."""
    expires_at = now + LINK_LIFETIME
    token = links().make(f"{voucher.key}|{voucher.content_type}", purpose=PURPOSE, expires_at=expires_at)
    return {
        "id": voucher.id,
        "content_type": voucher.content_type,
        "size": voucher.size,
        "url": f"/api/v1/billing/vouchers/{token}/image",
        "url_expires_at": expires_at,
    }


def store() -> Store:
    """This process's file store."""
    found: Store = runtime().extra("files", store_from_settings)
    return found


def links() -> Links:
    """This process's maker of links."""
    found: Links = runtime().extra("voucher-links", lambda settings: Links(settings.secret("voucher-links")))
    return found
