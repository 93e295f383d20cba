"""What an enrolment ticket says, as plain facts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Classroom's word that this account is enrolled in this class.

    `matched`: name and document number agreed with the roster when the learner joined (K15). `document`: the
    fingerprint of that document, `sealed` what an outside verifier needs, if there is one (S1).
    """

    account_id: uuid.UUID
    enrolment_id: uuid.UUID
    class_id: uuid.UUID
    provider_id: uuid.UUID
    policy_version: int
    epoch: int
    matched: bool
    document: str
    sealed: str | None


def ticket_of(claims: Mapping[str, Any]) -> Ticket:
    """The ticket that these claims describe. Raises KeyError or ValueError when they are not a ticket's."""
    return Ticket(
        account_id=uuid.UUID(claims["sub"]),
        enrolment_id=uuid.UUID(claims["enr"]),
        class_id=uuid.UUID(claims["cls"]),
        provider_id=uuid.UUID(claims["prv"]),
        policy_version=int(claims["pol"]),
        epoch=int(claims["epoch"]),
        matched=claims.get("matched") is True,
        document=str(claims["doc"]),
        sealed=claims["sealed"],
    )
