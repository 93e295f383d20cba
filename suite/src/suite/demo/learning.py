"""Learners: joining, real name, check-in, honest study in real time, exercises, the exam."""

import io
from typing import Any

from chassis.ids import new_id
from PIL import Image, ImageDraw

from suite.demo.client import Client, pause, wait_for
from suite.demo.failed import DemoFailed
from suite.demo.people import Person
from suite.demo.teaching import RIGHT

REPORT_EVERY = 3


class Learner:
    """One learner in one class."""

    def __init__(self, person: Person, client: Client) -> None:
        """`client` is signed in as this person."""
        self.person = person
        self.client = client
        self.class_id = ""
        self.ticket = ""

    def join(self, class_password: str) -> None:
        """K15: name, document number and class password."""
        said = {
            "name": self.person.name,
            "document_number": self.person.document_number,
            "class_password": class_password,
        }
        joined = self.client.post("/classroom/joins", said)
        self.class_id, self.ticket = joined["class_id"], joined["ticket"]

    def check_in(self) -> None:
        """S1, S2: the real name once per account, then today's check-in with the receipt of a photo."""
        headers = {"Kaike-Ticket": self.ticket}
        parts = {"photo": ("face.jpg", portrait(self.person.name), "image/jpeg"), "consent": "true"}
        self.client.upload("/supervision/real-name", parts, headers=headers)
        now = {"photo": ("now.jpg", portrait(self.person.name), "image/jpeg"), "purpose": "check_in"}
        taken_in = self.client.upload("/supervision/photos", now, headers=headers)
        path = f"/supervision/classes/{self.class_id}/check-ins"
        self.client.post(path, {"receipt": taken_in["receipt"]})

    def study_all(self) -> int:
        """C5, K18, K19: every item in order, watched at normal speed. Returns the credited seconds."""
        return self.study()

    def study(self, *, most: int | None = None) -> int:
        """The same for the first `most` items. Returns the credited seconds."""
        session = self.client.post(
            f"/classroom/my/classes/{self.class_id}/study-sessions", {"device": "demo"}
        )
        items = [item for course in self._page()["courses"] for item in course["items"]]
        return sum(self._study(session["id"], item) for item in items[:most])

    def finished(self) -> bool:
        """Whether the class page says that everything is done."""
        return bool(self._page()["finished"])

    def sit_exam(self) -> int:
        """E2–E4: start, save each answer, leave and come back, hand in. Returns the score."""
        headers = {"Kaike-Ticket": self.ticket, "Kaike-Pass": self._pass("exam")}
        started = self.client.post(f"/exam/classes/{self.class_id}/attempts", headers=headers)
        first, *rest = started["questions"]
        self._answer(started["id"], first)
        resumed = self.client.get(f"/exam/attempts/{started['id']}")
        if next(q["answer"] for q in resumed["questions"] if q["id"] == first["id"]) != RIGHT[first["text"]]:
            raise DemoFailed("an answer that was saved is not there after coming back")
        for question in rest:
            self._answer(started["id"], question)
        handed_in = self.client.post(f"/exam/attempts/{started['id']}/hand-in")
        return int(handed_in["score"])

    def _study(self, session_id: str, item: dict[str, Any]) -> int:
        path = f"/classroom/my/classes/{self.class_id}/items/{item['item_id']}/ticket"
        opened = wait_for(f"“{item['title']}” to open", lambda: self._opened(path))
        if item["kind"] == "exercise":
            self._exercise(opened["ticket"])
            return 0
        return self._watch(session_id, item, opened)

    def _opened(self, path: str) -> dict[str, Any] | None:
        """The item's ticket; None while the item before it is not known to be complete."""
        answer = self.client.call("POST", path, also=(409,))
        found: dict[str, Any] = answer.json
        if answer.status == 409 and found["code"] != "classroom.study.item.locked":
            raise DemoFailed(f"{path}: {found['code']}")
        return found if answer.status == 200 else None

    def _watch(self, session_id: str, item: dict[str, Any], opened: dict[str, Any]) -> int:
        headers = {"Kaike-Ticket": opened["ticket"]}
        link = self.client.post(f"/catalog/media/{opened['media_id']}/link", headers=headers)
        address = self.client.address + link["url"]
        part = self.client.call("GET", address, headers={"Range": "bytes=0-99"})
        if (part.status, len(part.content)) != (206, 100):
            raise DemoFailed(f"a range of the medium was answered with {part.status}")
        at, credited = 0, 0
        study_pass = self._pass("study")
        while at < item["seconds"]:
            step = min(REPORT_EVERY, item["seconds"] - at)
            pause(step)
            answer = self._report(session_id, item["item_id"], at, at + step, study_pass)
            credited += answer["credited_seconds"]
            at += answer["credited_seconds"]  # what the server did not credit yet is watched again
        return credited

    def _report(self, session_id: str, item_id: str, begin: int, end: int, study_pass: str) -> dict[str, Any]:
        report = {
            "id": str(new_id()),
            "item_id": item_id,
            "from_seconds": begin,
            "to_seconds": end,
            "pass": study_pass,
        }
        answer = self.client.post(f"/classroom/study-sessions/{session_id}/reports", {"reports": [report]})
        result: dict[str, Any] = answer["results"][0]
        if not result["credited_seconds"] and result["reason"] != "budget":
            raise DemoFailed(f"{self.person.name} got no credit: {result['reason']}")
        return result

    def _exercise(self, ticket: str) -> None:
        headers = {"Kaike-Ticket": ticket, "Kaike-Pass": self._pass("study")}
        started = self.client.post("/exam/item-attempts", headers=headers)
        for question in started["questions"]:
            self._answer(started["id"], question)
        self.client.post(f"/exam/attempts/{started['id']}/hand-in")

    def _answer(self, attempt_id: str, question: dict[str, Any]) -> None:
        said = {"id": str(new_id()), "answer": RIGHT[question["text"]]}
        self.client.put(f"/exam/attempts/{attempt_id}/answers/{question['id']}", said)

    def _pass(self, use: str) -> str:
        path = f"/supervision/classes/{self.class_id}/passes"
        answer = self.client.post(path, {"use": use}, headers={"Kaike-Ticket": self.ticket})
        return str(answer["pass"])

    def _page(self) -> dict[str, Any]:
        page: dict[str, Any] = self.client.get(f"/classroom/my/classes/{self.class_id}")
        return page


def portrait(name: str) -> bytes:
    """A picture with something like a face on it, different for each name."""
    shade = 120 + sum(name.encode()) % 100
    image = Image.new("RGB", (480, 640), (235, 238, 242))
    draw = ImageDraw.Draw(image)
    draw.ellipse((120, 120, 360, 460), fill=(shade, shade - 20, shade - 40))
    for left in (180, 260):
        draw.ellipse((left, 240, left + 40, 270), fill=(40, 40, 40))
    draw.arc((190, 330, 290, 400), 20, 160, fill=(120, 40, 40), width=6)
    content = io.BytesIO()
    image.save(content, "JPEG", quality=85)
    return content.getvalue()
