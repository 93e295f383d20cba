"""Supervision under test."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.service import Service
from files import FolderStore
from sqlalchemy.orm import Session
from supervision.models import db
from supervision.photos.actions.take_in_photo import take_in_photo
from supervision.photos.rules.purposes import Purpose
from supervision.rules.receipts import Receipt
from supervision.testing import Classroom, a_photo, photo_bytes

API = "/api/v1/supervision"


@pytest.fixture
def service() -> Service:
    from supervision.app import SERVICE

    return SERVICE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def store(folder: Path) -> FolderStore:
    return FolderStore(folder)


@pytest.fixture
def announced(session: Session) -> Callable[[str], list[dict[str, Any]]]:
    """The data of all announcements of a type, in order."""
    return lambda event_type: outbox(session, event_type)


def outbox(session: Session, event_type: str) -> list[dict[str, Any]]:
    """What stands in the outbox of one type."""
    table = db.metadata.tables["bus_outbox"]
    rows = session.scalars(sa.select(table.c.body).where(table.c.type == event_type).order_by(table.c.id))
    return [json.loads(body)["data"] for body in rows]


@pytest.fixture
def classroom(session: Session, clock) -> Classroom:
    """A class with real-name and two check-ins a day, on its third day at ten in the morning."""
    found = Classroom(now=clock.now)
    found.announce(session)
    return found


@pytest.fixture
def verified(session: Session, classroom: Classroom, store: FolderStore, clock) -> Classroom:
    """The same, and its learner's real name is verified."""
    classroom.verify(session, store=store, now=clock.now)
    return classroom


@pytest.fixture
def take_in(session: Session, store: FolderStore) -> Callable[..., Receipt]:
    """Have the photo intake take a picture for a check-in; `changes` are those of the ticket."""

    def run(classroom: Classroom, *, now: Any, photo: Any = a_photo, **changes: Any) -> Receipt:
        ticket = classroom.ticket(**changes)
        return take_in_photo(
            session, ticket=ticket, purpose=Purpose.CHECK_IN, photo=photo, store=store, now=now
        )

    return run


class Learner:
    """The learner of a class, calling with the ticket that classroom would have signed."""

    def __init__(self, caller: Any, classroom: Classroom, paper: Callable[..., str]) -> None:
        self.caller, self.classroom, self._paper = caller, classroom, paper

    def ticket(self, **changes: Any) -> dict[str, str]:
        claims = self.classroom.claims(**changes)
        return {"Kaike-Ticket": self._paper("classroom", "ticket", claims, lifetime=3600)}

    def post_photo(self, path: str, *, photo: bytes | None = None, headers: Any = None, **form: str) -> Any:
        data: dict[str, Any] = dict(form)
        data["photo"] = (io.BytesIO(photo_bytes() if photo is None else photo), "我的照片.jpg")
        return self.caller.post(
            f"{API}{path}", data=data, headers=self.ticket() if headers is None else headers
        )

    def post_form(self, path: str, **form: str) -> Any:
        """A multipart body of texts alone."""
        headers = self.ticket()
        return self.caller.post(
            f"{API}{path}", data=form, headers=headers, content_type="multipart/form-data"
        )

    def verify(self, **more: Any) -> Any:
        return self.post_photo("/real-name", **{"consent": "true", **more})

    def take_photo(self, **more: Any) -> Any:
        return self.post_photo("/photos", **{"purpose": "check_in", **more})

    def check_in(self, receipt: str | None = None, **more: Any) -> Any:
        """With a photo taken for it, unless there is a receipt already."""
        if receipt is None:
            taken = self.take_photo()
            if taken.status_code != 201:
                return taken
            receipt = taken.json["receipt"]
        path = f"{API}/classes/{self.classroom.class_id}/check-ins"
        return self.caller.post(path, json={"receipt": receipt}, **more)

    def ask_pass(self, use: str = "study") -> Any:
        path = f"{API}/classes/{self.classroom.class_id}/passes"
        return self.caller.post(path, json={"use": use}, headers=self.ticket())


@pytest.fixture
def learner_of(actor, foreign_paper) -> Callable[..., Learner]:
    """`learner_of(classroom, client)`: the class's learner, signed in with a client."""

    def make(classroom: Classroom, client: Any) -> Learner:
        caller = client.as_(actor("learner", account_id=classroom.account_id))
        return Learner(caller, classroom, foreign_paper)

    return make


@pytest.fixture
def learner(client, classroom, learner_of) -> Learner:
    """The class's learner, signed in."""
    return learner_of(classroom, client)
