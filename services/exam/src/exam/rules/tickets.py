"""What the signed papers of other services say, as plain facts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """Classroom's word that this account is enrolled in this class."""

    account_id: uuid.UUID
    enrolment_id: uuid.UUID
    class_id: uuid.UUID
    provider_id: uuid.UUID
    policy_version: int
    epoch: int
    learner_name: str | None = None
    """On the roster; a ticket from before tickets said it has none."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """The course item that an item ticket opens: an exercise or a mock exam with its published paper."""

    item_id: uuid.UUID
    kind: str
    paper_version_id: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class StudyPass:
    """Supervision's word that the learner's duties are fulfilled just now (S6). `epoch` is None in a pass of an
    earlier release."""

    account_id: uuid.UUID
    enrolment_id: uuid.UUID
    class_id: uuid.UUID
    epoch: int | None
    use: str


def ticket_of(claims: Mapping[str, Any]) -> Ticket:
    """The ticket that these claims describe. Raises KeyError or ValueError when they are not a ticket's."""
    return Ticket(
        account_id=uuid.UUID(claims["sub"]),
        enrolment_id=uuid.UUID(claims["enr"]),
        learner_name=claims.get("name"),
        class_id=uuid.UUID(claims["cls"]),
        provider_id=uuid.UUID(claims["prv"]),
        policy_version=int(claims["pol"]),
        epoch=int(claims["epoch"]),
    )


def item_of(claims: Mapping[str, Any]) -> Item:
    """The item of an item ticket. Raises KeyError or ValueError when there is none."""
    item = claims["item"]
    paper = item.get("paper_version_id")
    return Item(
        item_id=uuid.UUID(item["id"]),
        kind=str(item["kind"]),
        paper_version_id=uuid.UUID(paper) if paper else None,
    )


def pass_of(claims: Mapping[str, Any]) -> StudyPass:
    """The study pass that these claims describe. Raises KeyError or ValueError when they are not one's."""
    return StudyPass(
        account_id=uuid.UUID(claims["sub"]),
        enrolment_id=uuid.UUID(claims["enr"]),
        class_id=uuid.UUID(claims["cls"]),
        epoch=int(claims["epoch"]) if "epoch" in claims else None,
        use=str(claims["use"]),
    )


def admits(study_pass: StudyPass, *, ticket: Ticket, use: str) -> bool:
    """Whether a pass was made for this learner, this class and this use, and not before the class was opened again
    for this ticket (K27)."""
    held = (study_pass.account_id, study_pass.enrolment_id, study_pass.class_id, study_pass.use)
    is_outdated = study_pass.epoch is not None and study_pass.epoch < ticket.epoch
    return not is_outdated and held == (ticket.account_id, ticket.enrolment_id, ticket.class_id, use)
