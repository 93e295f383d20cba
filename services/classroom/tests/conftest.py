"""The classroom service under test."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from bus.tables import outbox
from chassis.service import Service
from classroom.testing import World, a_world
from sqlalchemy.orm import Session


@pytest.fixture
def service() -> Service:
    """Classroom itself."""
    from classroom.app import SERVICE

    return SERVICE


@pytest.fixture
def world(session: Session, clock: Any) -> World:
    """A provider with its people and a package."""
    return a_world(session, now=clock.now)


@pytest.fixture
def announced(session: Session) -> Callable[[str], list[dict[str, Any]]]:
    """The data of all announcements of a type, in order."""

    def read(event_type: str) -> list[dict[str, Any]]:
        select = sa.select(outbox.c.body).where(outbox.c.type == event_type).order_by(outbox.c.id)
        return [json.loads(body)["data"] for body in session.scalars(select)]

    return read
