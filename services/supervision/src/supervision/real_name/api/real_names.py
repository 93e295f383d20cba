"""Real-name and consent (S1, X6)."""

from typing import Any

from chassis import clock
from chassis.web import Blueprint, accepts_upload, current_actor, runtime
from flask import request

from supervision.api.stores import photo_store, verifier
from supervision.api.tickets import MAY_HAVE_TICKET, TICKET, ticket_shown
from supervision.api.uploads import MAX_BODY, judged_photo
from supervision.real_name.actions.consent import give_consent, withdraw_consent
from supervision.real_name.actions.verify_real_name import verify_real_name
from supervision.real_name.models import RealName
from supervision.real_name.queries.real_names import latest_real_name, real_name_of, standing_consent
from supervision.real_name.schemas.real_names import ConsentIn, ConsentOut, RealNameIn, RealNameOut

blp = Blueprint("real_names", "supervision", description="实名认证")


@blp.route("/real-name")
@blp.doc(parameters=[MAY_HAVE_TICKET])
@blp.response(200, RealNameOut)
def get_real_name() -> Any:
    """Whether one's own account is verified, and the consent that stands (S1, X6). With a ticket: with the document of
    its enrolment; without: with any, the latest."""
    account_id = current_actor().account_id
    if "Kaike-Ticket" not in request.headers:
        return _state(latest_real_name(runtime().session, account_id))
    ticket = ticket_shown(account_id=account_id, now=clock.now())
    return _state(real_name_of(runtime().session, ticket))


@blp.route("/real-name", methods=["POST"])
@accepts_upload(MAX_BODY)
@blp.arguments(RealNameIn, location="multipart")
@blp.doc(parameters=[TICKET])
@blp.response(201, RealNameOut)
@blp.alt_response(200, schema=RealNameOut, description="Verified before")
def verify_own_real_name(parts: dict[str, Any]) -> Any:
    """Verify account and document with a face photo and consent (S1); verified before: 200 and nothing changes."""
    now = clock.now()
    ticket = ticket_shown(account_id=current_actor().account_id, now=now)  # before time is spent on a picture
    photo = judged_photo(parts)
    verified = verify_real_name(
        runtime().session,
        ticket=ticket,
        agreed=parts["consent"],
        photo=photo,
        verifier=verifier(),
        store=photo_store(),
        now=now,
    )
    return _state(verified.record), 201 if verified.fresh else 200


@blp.route("/consents", methods=["POST"])
@blp.arguments(ConsentIn)
@blp.response(201, ConsentOut)
def add_consent(body: dict[str, Any]) -> Any:
    """Consent to face photos, where it was withdrawn or never given (X6)."""
    account_id = current_actor().account_id
    return give_consent(runtime().session, account_id=account_id, agreed=body["consent"], now=clock.now())


@blp.route("/consents/mine", methods=["DELETE"])
@blp.response(204)
def delete_consent() -> None:
    """Withdraw one's consent from now on: no further photo is taken in (X6)."""
    withdraw_consent(runtime().session, account_id=current_actor().account_id, now=clock.now())


def _state(record: RealName | None) -> dict[str, Any]:
    return {
        "verified": record is not None,
        "verified_at": record.verified_at if record else None,
        "verifier": record.verifier if record else None,
        "consent": standing_consent(runtime().session, current_actor().account_id),
    }
