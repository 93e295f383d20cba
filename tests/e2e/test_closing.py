"""K27 with every service running: what a learner holds from before a class closed ends with it."""

import pytest
from suite.demo import learning, opening
from suite.demo.client import wait_for

CLOSED = {
    "a media link": {"catalog.class.not_open"},
    "a check-in": {"supervision.class.not_open"},
    "a photo": {"supervision.class.not_open"},
    "a study pass": {"supervision.class.not_open"},
    "an exam pass": {"supervision.class.not_open"},
    "an item ticket": {"classroom.study.class.closed"},
    "a study session": {"classroom.study.class.closed"},
    "an exam": {"exam.class.not_open", "exam.class.closed"},
}
OUTDATED = {
    "a media link": "catalog.ticket.outdated",
    "a check-in": "supervision.ticket.outdated",
    "a photo": "supervision.ticket.outdated",
    "a study pass": "supervision.ticket.outdated",
    "an exam pass": "supervision.ticket.outdated",
    "an exam": "exam.ticket.outdated",
}
REFUSED = (409, 410)


class Holder:
    """A learner with everything that a learner can hold, and what it can be used for."""

    def __init__(self, learner: learning.Learner) -> None:
        self.learner, self.client, self.class_id = learner, learner.client, learner.class_id
        self.photo = {
            "photo": ("now.jpg", learning.portrait(learner.person.name), "image/jpeg"),
            "purpose": "check_in",
        }
        self.take()

    def take(self) -> None:
        """Take everything anew."""
        page = self.client.get(f"/classroom/my/classes/{self.class_id}")
        self.ticket = {"Kaike-Ticket": page["ticket"]["ticket"]}
        self.item_id = page["courses"][0]["items"][0]["item_id"]
        self.item_path = f"/classroom/my/classes/{self.class_id}/items/{self.item_id}/ticket"
        self.item = self.client.post(self.item_path)
        self.receipt = self.client.upload("/supervision/photos", self.photo, headers=self.ticket)["receipt"]
        self.exam_pass = self.client.post(self._passes, {"use": "exam"}, headers=self.ticket)["pass"]

    @property
    def _passes(self) -> str:
        return f"/supervision/classes/{self.class_id}/passes"

    def tries(self) -> dict[str, str]:
        """The code that each operation answers, "" for one that was done."""
        link = f"/catalog/media/{self.item['media_id']}/link"
        item_ticket, exam = {"Kaike-Ticket": self.item["ticket"]}, f"/exam/classes/{self.class_id}/attempts"
        return {
            "a media link": self._post(link, None, item_ticket),
            "a check-in": self._post(
                f"/supervision/classes/{self.class_id}/check-ins", {"receipt": self.receipt}
            ),
            "a photo": self._uploads(),
            "a study pass": self._post(self._passes, {"use": "study"}, self.ticket),
            "an exam pass": self._post(self._passes, {"use": "exam"}, self.ticket),
            "an item ticket": self._post(self.item_path),
            "a study session": self._post(
                f"/classroom/my/classes/{self.class_id}/study-sessions", {"device": "电脑"}
            ),
            "an exam": self._post(exam, None, {**self.ticket, "Kaike-Pass": self.exam_pass}),
        }

    def known(self) -> dict[str, str]:
        """What each service says of the class to the ticket, in operations that write nothing."""
        link = f"/catalog/media/{self.item['media_id']}/link"
        exam = f"/exam/classes/{self.class_id}/exam"
        answer = self.client.call("GET", exam, headers=self.ticket, also=REFUSED).json
        return {
            "catalog": self._post(link, None, {"Kaike-Ticket": self.item["ticket"]}),
            "supervision": self._post(self._passes, {"use": "exam"}, self.ticket),
            "exam": answer.get("code") or ("" if answer["class_open"] else "closed"),
        }

    def _post(self, path: str, body: object = None, headers: dict[str, str] | None = None) -> str:
        answer = self.client.call("POST", path, body=body, headers=headers, also=REFUSED)
        return "" if answer.status < 400 else str(answer.json["code"])

    def _uploads(self) -> str:
        answer = self.client.upload("/supervision/photos", self.photo, headers=self.ticket, also=REFUSED)
        return str(answer.get("code", ""))


@pytest.fixture
def held(people, world) -> Holder:
    """Held by a learner whose real name is verified in an open class of its own."""
    made = opening.create_class(people, world.package)
    opening.import_roster(people, made["id"])
    opening.open_class(people, made["id"])
    found = people.staff("teacher").get(f"/classroom/classes/{made['id']}")
    learner = world.joined(people.roster[4], found)
    face = {"photo": ("face.jpg", learning.portrait("x"), "image/jpeg"), "consent": "true"}
    learner.client.upload("/supervision/real-name", face, headers={"Kaike-Ticket": learner.ticket})
    return Holder(learner)


def test_what_was_given_before_a_closing_ends_with_it_and_what_is_given_after_it_works(people, held):
    business = people.staff("business")
    applied = business.post(f"/classroom/classes/{held.class_id}/graduations")
    # Each service hears of it a moment later.
    wait_for("every service to know that the class is closed", lambda: all(held.known().values()))
    codes = held.tries()
    assert {name: codes[name] for name in CLOSED if codes[name] not in CLOSED[name]} == {}

    business.post(f"/classroom/graduations/{applied['id']}/withdrawal")
    outdated = {f"{service}.ticket.outdated" for service in ("catalog", "supervision", "exam")}
    wait_for("every service to know the new epoch", lambda: set(held.known().values()) == outdated)
    codes = held.tries()
    assert {name: codes[name] for name in OUTDATED if codes[name] != OUTDATED[name]} == {}

    held.take()
    assert set(held.tries().values()) == {""}
