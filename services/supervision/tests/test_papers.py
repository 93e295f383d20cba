"""Study passes are what contracts/papers promises, and the papers of others are understood."""

from uuid import UUID

import pytest
from chassis.testing import check_paper, paper_examples
from chassis.web import current_actor
from supervision.actions.keep_classes import keep_policies
from supervision.testing import Classroom

API = "/api/v1/supervision"
ACCESS, TICKETS = paper_examples("access"), paper_examples("ticket")


@pytest.mark.parametrize("use", ["study", "exam"])
def test_a_fresh_pass_is_as_promised(learner, classroom, use) -> None:
    learner.verify()
    learner.check_in()
    given = learner.ask_pass(use)
    assert given.status_code == 201, given.json
    claims = check_paper(given.json["pass"], typ="pass")
    assert (claims["use"], claims["enr"]) == (use, str(classroom.enrolment_id))


@pytest.mark.parametrize("name", TICKETS)
def test_a_ticket_as_promised_lets_its_learner_study(
    client, session, clock, actor, foreign_paper, name
) -> None:
    said = TICKETS[name]
    known = Classroom(
        now=clock.now,
        class_id=UUID(said["cls"]),
        provider_id=UUID(said["prv"]),
        enrolment_id=UUID(said["enr"]),
        account_id=UUID(said["sub"]),
        epoch=said["epoch"],
        real_name=False,
        check_in="off",
    )
    keep_policies(session, [(1, {**known.class_data(), "policy_version": said["pol"]})])
    caller = client.as_(actor("learner", account_id=known.account_id))
    headers = {"Kaike-Ticket": foreign_paper("classroom", "ticket", said)}
    given = caller.post(f"{API}/classes/{known.class_id}/passes", json={"use": "study"}, headers=headers)
    assert given.status_code == 201, given.json
    claims = check_paper(given.json["pass"], typ="pass")
    assert {name: claims[name] for name in ("sub", "enr", "cls")} == {
        name: said[name] for name in ("sub", "enr", "cls")
    }


@pytest.mark.parametrize("name", TICKETS)
def test_a_ticket_as_promised_stands_for_the_match_of_the_real_name(
    client, session, clock, actor, foreign_paper, learner, name
) -> None:
    said = TICKETS[name]
    known = Classroom(
        now=clock.now,
        class_id=UUID(said["cls"]),
        enrolment_id=UUID(said["enr"]),
        account_id=UUID(said["sub"]),
        epoch=said["epoch"],
    )
    keep_policies(session, [(1, {**known.class_data(), "policy_version": said["pol"]})])
    learner.caller = client.as_(actor("learner", account_id=known.account_id))
    verified = learner.verify(headers={"Kaike-Ticket": foreign_paper("classroom", "ticket", said)})
    assert verified.status_code == 201, verified.json


@pytest.mark.parametrize("name", ACCESS)
def test_an_access_token_as_promised_says_who_is_asking(app, clock, foreign_paper, name) -> None:
    claims = ACCESS[name]
    token = foreign_paper("identity", "access", claims)
    with app.test_request_context(headers={"Authorization": f"Bearer {token}"}):
        actor = current_actor()
    assert (str(actor.account_id), actor.roles) == (claims["sub"], set(claims["roles"]))
