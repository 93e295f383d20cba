"""Joining a class (K15)."""

from __future__ import annotations

from typing import Any

from chassis import clock
from chassis.errors import TooMany
from chassis.web import Blueprint, current_actor, refuses, runtime
from chassis.web.addresses import address_of_client
from chassis.web.problems import problem
from flask import Response

from classroom.joining.actions.join import JoinForm, JoinRefused, join
from classroom.joining.actions.tries import limits_of
from classroom.joining.api.signing import signed_ticket
from classroom.joining.queries.my_classes import my_enrolment, ticket_of
from classroom.joining.schemas.joins import JoinedSchema, JoinSchema
from classroom.roster.api.resources import document_cipher

blp = Blueprint("joining", "classroom", description="学员加入班级")


@blp.post("/joins")
@refuses(TooMany)
@blp.arguments(JoinSchema)
@blp.response(200, JoinedSchema)
def join_class(body: dict[str, str]) -> dict[str, Any] | Response:
    """Join with name, document number and class password; all three must agree (K15).

    Five wrong tries of an account, ten at an enrolment or a hundred from an address within 15 minutes, then a wait of
    15 minutes. Answers the enrolment ticket.
    """
    actor, now, session = current_actor(), clock.now(), runtime().session
    try:
        enrolment = join(
            session,
            actor=actor,
            form=JoinForm(**body),
            cipher=document_cipher(),
            limits=limits_of(
                secret=runtime().settings.secret("joining/tries"),
                account_id=actor.account_id,
                address=address_of_client(),
                **body,
            ),
            now=now,
        )
    except JoinRefused as refused:
        # Answered, not raised: what is raised is rolled back, and the wrong try must stay counted.
        return problem(refused)
    training_class, enrolment = my_enrolment(
        session, account_id=actor.account_id, class_id=enrolment.class_id
    )
    return {
        "class_id": training_class.id,
        "enrolment_id": enrolment.id,
        "class_name": training_class.name,
        **signed_ticket(ticket_of(training_class, enrolment), enrolment, now=now),
    }
