"""Identity knows which sessions are over: it takes no token of one, also while the token itself would still be good."""

from __future__ import annotations

from chassis.db import aside
from chassis.web import runtime
from chassis.web.auth import actor_or_none
from chassis.web.permissions import SignInNeeded, operation_of
from flask import Flask, current_app, request

from identity.queries.sessions import is_open


def refuse_ended_sessions(app: Flask) -> None:
    """Answer 401 to every token whose session has ended or whose account is switched off.

    Operations that anyone may call stay open: signing out twice is harmless.
    """

    @app.before_request
    def check_session() -> None:
        """After the check of roles, which has read the token."""
        operation = operation_of(current_app, request.endpoint, request.method) if request.endpoint else None
        if operation is None or current_app.extensions["kaike.permissions"][operation].public:
            return
        actor = actor_or_none(strict=False)
        if actor is None or actor.session_id is None:
            return  # nobody, or a dealer's program, which may do nothing here
        with aside(runtime().session) as reading:
            alive = is_open(reading, account_id=actor.account_id, sign_in_id=actor.session_id)
        if not alive:
            raise SignInNeeded
