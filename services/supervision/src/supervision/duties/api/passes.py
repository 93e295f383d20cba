"""Study passes (S6)."""

import uuid
from typing import Any

from chassis import clock
from chassis.web import Blueprint, current_actor, runtime

from supervision.api.tickets import TICKET, ticket_shown
from supervision.duties.actions.give_pass import give_pass
from supervision.duties.schemas.passes import PassIn, PassOut

blp = Blueprint("passes", "supervision", description="学习许可")


@blp.route("/classes/<uuid:class_id>/passes", methods=["POST"])
@blp.arguments(PassIn)
@blp.doc(parameters=[TICKET])
@blp.response(201, PassOut)
def add_pass(body: dict[str, Any], class_id: uuid.UUID) -> Any:
    """A signed pass for 120 s, or 409 with the duties now due (S6). Needs a ticket."""
    now = clock.now()
    signer = runtime().signer
    assert signer is not None  # the service says issues_papers
    return give_pass(
        runtime().session,
        class_id=class_id,
        ticket=ticket_shown(account_id=current_actor().account_id, now=now),
        use=body["use"],
        signer=signer,
        now=now,
    )
