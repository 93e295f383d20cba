"""Calling the roster's operations."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from classroom.testing import World, a_draft

API = "/api/v1/classroom"


@pytest.fixture
def data() -> Path:
    """Files that cannot be made here."""
    return Path(__file__).parent / "data"


@pytest.fixture
def draft(session, world: World, clock) -> Any:
    """A class whose roster is empty, with room for eleven."""
    return a_draft(session, world, now=clock.now)


@pytest.fixture
def send(client, world: World):
    """Imports a file: `send(class_id, bytes, dry_run=True)`."""

    def post(class_id: Any, content: bytes, *, dry_run: bool = False, actor: Any = None) -> Any:
        query = "?dry_run=true" if dry_run else ""
        return client.as_(actor or world.registrar).post(
            f"{API}/classes/{class_id}/roster-imports{query}",
            data={"file": (io.BytesIO(content), "名单.xlsx")},
            content_type="multipart/form-data",
        )

    return post


@pytest.fixture
def roster_of(client, world: World):
    """The roster as the page shows it."""

    def read(class_id: Any, **query: Any) -> Any:
        caller = client.as_(world.registrar)
        return caller.get(f"{API}/classes/{class_id}/enrolments", query_string=query).json

    return read
