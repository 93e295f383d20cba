"""Errors of the pages, told by the browsers that met them."""

from __future__ import annotations

from typing import Any

from chassis.errors import TooMany
from chassis.web import Blueprint, refuses

from identity.actions.note_client_error import note_client_error
from identity.schemas.client_errors import ClientErrorReport

blp = Blueprint("client_errors", "identity", description="Errors that the pages report")


@blp.route("/client-errors", methods=["POST"])
@refuses(TooMany)
@blp.arguments(ClientErrorReport)
@blp.response(204)
def report_client_error(said: dict[str, Any]) -> None:
    """Report an error of a page (K31): written to the log and counted. The gateway takes 60 a minute per address.

    Long numbers, mail addresses, queries of addresses and Chinese words are taken out of message and stack; who was
    signed in is not asked.
    """
    note_client_error(said)
