"""Who is asking, with only those of their roles that the operation allows.

An account may be registrar of a provider and account manager of a dealer: what it reaches in an operation
follows from the roles that let it in, not from all it has.
"""

from __future__ import annotations

from dataclasses import replace

from chassis.web import Actor, current_actor
from chassis.web.permissions import operation_of
from flask import current_app, request


def acting() -> Actor:
    """The asking account, its roles cut to those of the permission table's line."""
    actor = current_actor()
    operation = operation_of(current_app, request.endpoint or "", request.method)
    permission = current_app.extensions["kaike.permissions"][operation]
    return replace(actor, roles=actor.roles & permission.roles)
