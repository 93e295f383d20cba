"""The papers of other services, as contracts/papers promises them, are understood."""

from uuid import UUID

import pytest
from chassis.testing import paper_examples
from chassis.web import current_actor
from exam.actions.keep_classes import keep_classes
from exam.rules.papers import PaperKind
from exam.rules.tickets import pass_of, ticket_of
from exam.testing import Classroom, published_paper

API = "/api/v1/exam"
ACCESS, TICKETS, PASSES = paper_examples("access"), paper_examples("ticket"), paper_examples("pass")
ITEM_TICKETS = paper_examples("item-ticket")


@pytest.fixture
def world(session, clock, client, actor):
    """The class that a ticket speaks of, known here, with its exam; and its learner."""

    def make(said):
        paper = published_paper(session, now=clock.now)
        known = Classroom(
            now=clock.now,
            paper_version_id=paper.id,
            class_id=UUID(said["cls"]),
            provider_id=UUID(said["prv"]),
            enrolment_id=UUID(said["enr"]),
            account_id=UUID(said["sub"]),
            epoch=said["epoch"],
        )
        keep_classes(session, [(1, {**known.class_data(), "policy_version": said["pol"]})], now=clock.now)
        return client.as_(actor("learner", account_id=known.account_id))

    return make


@pytest.mark.parametrize("name", TICKETS)
def test_a_ticket_and_a_pass_as_promised_start_the_exam(world, foreign_paper, name) -> None:
    said = TICKETS[name]
    headers = {
        "Kaike-Ticket": foreign_paper("classroom", "ticket", said),
        "Kaike-Pass": foreign_paper("supervision", "pass", PASSES["exam"]),
    }
    started = world(said).post(f"{API}/classes/{said['cls']}/attempts", headers=headers)
    assert started.status_code == 201, started.json


def test_a_pass_for_study_starts_no_exam(world, foreign_paper) -> None:
    said = TICKETS["with_package"]
    headers = {
        "Kaike-Ticket": foreign_paper("classroom", "ticket", said),
        "Kaike-Pass": foreign_paper("supervision", "pass", PASSES["study"]),
    }
    started = world(said).post(f"{API}/classes/{said['cls']}/attempts", headers=headers)
    assert (started.status_code, started.json["code"]) == (409, "exam.pass.needed")


@pytest.mark.parametrize(
    ("name", "status"), [("exercise", 201), ("mock_exam", 201), ("video", 404), ("document", 404)]
)
def test_an_item_ticket_as_promised_starts_an_exercise_or_mock_exam(
    world, session, clock, foreign_paper, name, status
) -> None:
    said = ITEM_TICKETS[name]
    caller = world(said)
    if said["item"]["paper_version_id"]:
        # The example's paper, with the id that publishing gives one here.
        paper = published_paper(session, now=clock.now, kind=PaperKind(name))
        said = {**said, "item": {**said["item"], "paper_version_id": str(paper.id)}}
    headers = {
        "Kaike-Ticket": foreign_paper("classroom", "item-ticket", said),
        "Kaike-Pass": foreign_paper("supervision", "pass", PASSES["study"]),
    }
    started = caller.post(f"{API}/item-attempts", headers=headers)
    assert started.status_code == status, started.json


@pytest.mark.parametrize("name", TICKETS)
def test_every_claim_that_the_exam_needs_is_read(name) -> None:
    said = TICKETS[name]
    ticket, held = ticket_of(said), pass_of(PASSES["exam"])
    assert (
        str(ticket.account_id),
        str(ticket.enrolment_id),
        str(ticket.class_id),
        str(ticket.provider_id),
    ) == (
        said["sub"],
        said["enr"],
        said["cls"],
        said["prv"],
    )
    assert (ticket.policy_version, ticket.epoch) == (said["pol"], said["epoch"])
    assert (held.enrolment_id, held.use) == (ticket.enrolment_id, "exam")


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_as_promised_says_who_is_asking(app, clock, foreign_paper, name) -> None:
    claims = ACCESS[name]
    token = foreign_paper("identity", "access", claims)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    assert (str(actor.account_id), actor.roles) == (claims["sub"], set(claims["roles"]))
