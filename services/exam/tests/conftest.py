"""The exam service under test."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from chassis.ids import new_id
from chassis.service import Service
from exam.models import db
from exam.testing import Classroom, published_paper
from sqlalchemy.orm import Session

API = "/api/v1/exam"


@pytest.fixture
def service() -> Service:
    from exam.app import SERVICE

    return SERVICE


@pytest.fixture
def announced(session: Session) -> Callable[[str], list[dict[str, Any]]]:
    """The data of all announcements of a type, in order."""
    return lambda event_type: outbox(session, event_type)


@pytest.fixture
def classroom(session: Session, clock) -> Classroom:
    """A class with a shuffled exam that is open now, known here."""
    paper = published_paper(session, now=clock.now, shuffled=True)
    found = Classroom(now=clock.now, paper_version_id=paper.id)
    found.announce(session)
    return found


def outbox(session: Session, event_type: str) -> list[dict[str, Any]]:
    """What stands in the outbox of one type."""
    table = db.metadata.tables["bus_outbox"]
    rows = session.scalars(sa.select(table.c.body).where(table.c.type == event_type).order_by(table.c.id))
    return [json.loads(body)["data"] for body in rows]


class Learner:
    """The learner of a class, calling with the papers that other services would have signed."""

    def __init__(self, caller: Any, classroom: Classroom, paper: Callable[..., str]) -> None:
        self.caller, self.classroom, self._paper = caller, classroom, paper

    def ticket(self, **changes: Any) -> dict[str, str]:
        return {
            "Kaike-Ticket": self._paper(
                "classroom", "ticket", self.classroom.claims(**changes), lifetime=3600
            )
        }

    def item_ticket(self, item: Any, **changes: Any) -> dict[str, str]:
        claims = self.classroom.item_claims(item, **changes)
        return {"Kaike-Ticket": self._paper("classroom", "item-ticket", claims, lifetime=3600)}

    def study_pass(self, use: str, **changes: Any) -> dict[str, str]:
        claims = self.classroom.pass_claims(use, **changes)
        return {"Kaike-Pass": self._paper("supervision", "pass", claims, lifetime=120)}

    def start(self) -> Any:
        path = f"{API}/classes/{self.classroom.class_id}/attempts"
        return self.caller.post(path, headers=self.ticket() | self.study_pass("exam"))

    def save(self, attempt_id: str, question_id: str, answer: Any, **more: Any) -> Any:
        body = {"id": str(new_id()), "answer": answer, **more}
        return self.caller.put(f"{API}/attempts/{attempt_id}/answers/{question_id}", json=body)

    def hand_in(self, attempt_id: str) -> Any:
        return self.caller.post(f"{API}/attempts/{attempt_id}/hand-in")


@pytest.fixture
def learner(client, classroom, actor, foreign_paper) -> Learner:
    """The class's learner, signed in."""
    account = actor("learner", account_id=classroom.account_id, name="手机用户1234")
    return Learner(client.as_(account), classroom, foreign_paper)
