"""The play: every step with its figures, compared with what they must be."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rich.console import Console

from suite.demo import learning, opening, settling, teaching
from suite.demo.client import Client, wait_for
from suite.demo.failed import DemoFailed
from suite.demo.people import HEADCOUNT, People

FINISHERS = 3
WANTED = {
    "joined": HEADCOUNT,
    "finished": FINISHERS,
    "billed_headcount": 10,
    "per_head_fee": opening.FEE,
    "amount": "750.00",
    "state": "settled",
}


def play(address: str, console: Console) -> dict[str, Any]:
    """Play the whole flow against the gateway at `address` and return the order's figures.

    Raises DemoFailed when a step cannot be done or any figure is not as WANTED says.
    """
    people = _arrive(address)
    training_class = _set_up(people, console)
    learners = _join(people, training_class, console)
    _study(learners, console)
    _look(people, training_class["id"], console)
    figures = _graduate_and_settle(people, training_class, console)
    wrong = {name: figures[name] for name, wanted in WANTED.items() if figures[name] != wanted}
    if wrong:
        raise DemoFailed(
            f"these figures are not as they should be: {json.dumps(wrong)}; wanted {json.dumps(WANTED)}"
        )
    return figures


def prepare(address: str, console: Console) -> None:
    """What must be there before anybody can set up a class: a price and a package. Doing it again changes nothing.

    Raises DemoFailed.
    """
    _provide(_arrive(address), console)


def _arrive(address: str) -> People:
    wait_for("the gateway to be ready", lambda: _ready(address))
    return People(address)


def _provide(people: People, console: Console) -> dict[str, Any]:
    opening.agree_price(people)
    console.print(f"[bold]1[/] price agreement: {opening.FEE} per head")
    package = teaching.prepare_package(people)
    totals = package["totals"]
    console.print(
        f"[bold]2[/] package “{package['name']}” version {package['number']}: {len(package['courses'])} courses, "
        f"{totals['course_seconds']} s ({totals['video_seconds']} s video, {totals['document_seconds']} s documents)"
    )
    return package


def _set_up(people: People, console: Console) -> dict[str, Any]:
    package = _provide(people, console)
    training_class = opening.create_class(people, package)
    console.print(f"[bold]3[/] class “{training_class['name']}” set up: basic, courses, supervision")
    imported = opening.import_roster(people, training_class["id"])
    console.print(
        f"[bold]4[/] roster .xlsx imported: {imported['added']} learners, a second import added none"
    )
    quoted = opening.open_class(people, training_class["id"])
    console.print(
        f"[bold]5[/] opening: quote {quoted['planned_headcount']} × {quoted['per_head_fee']} = {quoted['amount']}, "
        "first and second review approved"
    )
    opened: dict[str, Any] = people.staff("teacher").get(f"/classroom/classes/{training_class['id']}")
    if opened["state"] != "open":
        raise DemoFailed(f"after both reviews the class is {opened['state']}")
    return opened


def _join(people: People, training_class: dict[str, Any], console: Console) -> list[learning.Learner]:
    learners = []
    # One comes by the code of a text message, the others by password; at each play another one, since a number
    # is sent a code once a minute.
    coded = people.staff("registrar").get("/classroom/classes", page_size=1)["total"] % HEADCOUNT
    for place, person in enumerate(people.roster):
        client = people.by_code(person) if place == coded else people.by_password(person)
        learner = learning.Learner(person, client)
        learner.join(training_class["class_password"])
        learners.append(learner)
    console.print(
        f"[bold]6[/] {len(learners)} learners joined with the class password and have their tickets"
    )
    return learners


def _study(learners: list[learning.Learner], console: Console) -> None:
    """Three study at the same time, each honestly, in real time."""
    studious = learners[:FINISHERS]
    for learner in studious:
        learner.check_in()
    console.print(f"[bold]7[/] {len(studious)} learners verified their names and checked in")
    with ThreadPoolExecutor(FINISHERS) as pool:
        credited = list(pool.map(learning.Learner.study_all, studious))
    for learner in studious:
        wait_for(f"{learner.person.name} to be finished", learner.finished)
    console.print(f"[bold]8[/] studied at normal speed: {credited} s credited, all {len(studious)} finished")
    scores = [learner.sit_exam() for learner in studious]
    console.print(f"[bold]9[/] exam handed in, scores {scores}")
    if set(scores) != {100}:
        raise DemoFailed(f"right answers must score 100, not {scores}")


def _look(people: People, class_id: str, console: Console) -> None:
    teacher = people.staff("teacher")
    overview = teacher.get(f"/classroom/classes/{class_id}/overview")
    wait_for("the exam scores in the learning table", lambda: _scored(teacher, class_id) == FINISHERS)
    console.print(
        f"[bold]10[/] overview: {overview['joined']} joined, {overview['finished']} finished, "
        f"{overview['unfinished']} unfinished"
    )


def _scored(teacher: Client, class_id: str) -> int:
    rows = teacher.get(f"/classroom/classes/{class_id}/learning", page_size=50)["items"]
    return sum(row["exam_score"] == 100 for row in rows)


def _graduate_and_settle(people: People, training_class: dict[str, Any], console: Console) -> dict[str, Any]:
    counted = settling.graduate(people, training_class["id"])
    console.print(
        f"[bold]11[/] graduation: {counted['joined_count']} joined, {counted['finished_count']} finished, "
        f"billed {counted['billed_headcount']} × {counted['per_head_fee']} = {counted['amount']}, both reviews approved"
    )
    order = settling.find_order(people, training_class["id"])
    console.print(f"[bold]12[/] order {order['number']}: {order['amount']}, {order['state']}")
    settled = settling.settle(people, order)
    told = settling.read_feed(people, order)
    console.print(f"[bold]13[/] settlement confirmed by the dealer; its feed told: {', '.join(told)}")
    return {
        "order_number": settled["number"],
        "class_id": training_class["id"],
        "joined": settled["joined"],
        "finished": settled["finished"],
        "billed_headcount": settled["billed_headcount"],
        "per_head_fee": settled["per_head_fee"],
        "amount": settled["amount"],
        "state": settled["state"],
    }


def _ready(address: str) -> bool:
    return Client(address).call("GET", f"{address}/readyz", also=(503,)).status == 200
