"""Check-ins per second through the real supervision app, against two views that do less."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import sqlalchemy as sa
import urllib3
from chassis import clock
from chassis.clock import shanghai_day
from chassis.ids import new_id
from PIL import Image, ImageFilter
from supervision.actions.keep_classes import keep_learners, keep_policies
from supervision.check_in.models import CheckIn
from supervision.real_name.actions.consent import give_consent
from supervision.testing import Classroom

from bench import load
from bench.figures import Bar, BenchFailed, Figure, median
from bench.floors.common import TABLES
from bench.ground import Ground
from bench.papers import Issuer, issuer
from bench.parts import floor, web
from bench.rounds import Said, in_turn
from bench.scale import Scale

BAR_BARE, BAR_REMEMBERING = 0.4, 0.6
WORK, BARE, REMEMBERING = "check-ins", "one INSERT", "remembered, two INSERTs"


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The lines of check-ins."""
    ground.renew("supervision")
    ground.execute("floors", *TABLES)
    with (
        issuer() as papers,
        web(ground, "supervision", keys=papers.address) as service,
        floor(ground, "bench.floors.check_in:bare") as bare,
        floor(ground, "bench.floors.check_in:remembering", keys=papers.address) as remembering,
    ):
        learners = _learners(ground, scale, now=clock.now())
        requests = _Requests(learners, papers, scale)
        # The page shows one's check-ins before it asks for another: every paper has been seen by then.
        load.send(requests.plan(service, requests.looks()))
        found = in_turn(
            {
                WORK: lambda: _check_in(ground, requests, service),
                BARE: lambda: load.send(requests.plan(bare, requests.bare())).per_second,
                REMEMBERING: lambda: load.send(requests.plan(remembering, requests.bare())).per_second,
            },
            rounds=scale.rounds,
            say=say,
        )
        details = {"rounds": found, "learners": scale.check_ins, "body_bytes": len(requests.body)}
    return [
        _figure("check-in", BARE, BAR_BARE, found, details),
        _figure("check-in-papers", REMEMBERING, BAR_REMEMBERING, found, details),
    ]


def _figure(
    name: str, floor_title: str, limit: float, found: dict[str, list[float]], details: dict[str, object]
) -> Figure:
    return Figure(
        name=name,
        title="check-ins with photo",
        value=median(found[WORK]),
        unit="/s",
        floor=median(found[floor_title]),
        floor_title=floor_title,
        bar=Bar(limit=limit),
        details=details,
    )


def _learners(ground: Ground, scale: Scale, *, now: datetime) -> list[Classroom]:
    """A class whose learners have consented and have checked in on the days before."""
    first = Classroom(now=now, real_name=False, check_in="once", starts_in=-scale.history)
    learners = [first, *(first.classmate() for _ in range(scale.check_ins - 1))]
    days = [shanghai_day(now) - timedelta(days=back) for back in range(1, scale.history + 1)]
    with ground.session("supervision") as session:
        keep_policies(session, [(1, first.class_data())])
        keep_learners(session, [(1, each.enrolment_data()) for each in learners])
        for each in learners:
            give_consent(session, account_id=each.account_id, agreed=True, now=now)
        session.execute(
            sa.insert(CheckIn),
            [
                {
                    "id": new_id(),
                    "class_id": each.class_id,
                    "enrolment_id": each.enrolment_id,
                    "account_id": each.account_id,
                    "provider_id": each.provider_id,
                    "day": day,
                    "slot": "day",
                    "at": now - (shanghai_day(now) - day),
                    "photo_key": f"faces/check-in/00/{new_id().hex}.jpg",
                    "photo_type": "image/jpeg",
                    "photo_sha256": "0" * 64,
                }
                for each in learners
                for day in days
            ],
        )
    return learners


def _check_in(ground: Ground, requests: _Requests, port: int) -> float:
    """One round: today's check-ins of all learners, made anew."""
    ground.execute(
        "supervision",
        f"DELETE FROM check_ins WHERE day = '{requests.day}'",
        "TRUNCATE bus_outbox",
        "VACUUM ANALYZE check_ins",
    )
    before = _photos(ground)
    answers = load.send(requests.plan(port, requests.real()))
    made = ground.scalar("supervision", "SELECT count(*) FROM check_ins WHERE day = :day", day=requests.day)
    photos = _photos(ground) - before
    if not made == photos == len(answers.latencies):
        raise BenchFailed(f"{len(answers.latencies)} check-ins answered, {made} made, {photos} photos kept")
    return answers.per_second


def _photos(ground: Ground) -> int:
    """How many are kept. Those of earlier rounds stay: a file system takes three times as long to make a file where it
    has just removed a thousand, and nobody removes photos while a class checks in."""
    return sum(path.is_file() for path in (ground.folder / "var" / "files" / "faces").rglob("*"))


class _Requests:
    """What the learners send: the same body to the work and to its floors."""

    def __init__(self, learners: list[Classroom], papers: Issuer, scale: Scale) -> None:
        now = clock.now()
        self.day = shanghai_day(now)
        self._scale = scale
        self._class_id = learners[0].class_id
        self.body, content_type = urllib3.encode_multipart_formdata(
            {"photo": ("photo.jpg", a_portrait(), "image/jpeg")}
        )
        self._looking = [
            {
                **papers.learner_headers(each.account_id, now=now),
                "Kaike-Ticket": papers.paper("classroom", "ticket", each.claims(), now=now),
                "Enrolment": str(each.enrolment_id),
            }
            for each in learners
        ]
        self._sending = [{**headers, "Content-Type": content_type} for headers in self._looking]

    def looks(self) -> list[load.Request]:
        path = f"/api/v1/supervision/classes/{self._class_id}/check-ins/mine"
        return [load.Request("GET", path, headers) for headers in self._looking]

    def real(self) -> list[load.Request]:
        path = f"/api/v1/supervision/classes/{self._class_id}/check-ins"
        return [load.Request("POST", path, headers, "photo") for headers in self._sending]

    def bare(self) -> list[load.Request]:
        path = f"/check-ins/{self._class_id}"
        return [load.Request("POST", path, headers, "photo") for headers in self._sending]

    def plan(self, port: int, requests: list[load.Request]) -> load.Plan:
        return load.Plan(
            host="127.0.0.1",
            port=port,
            requests=requests,
            bodies={"photo": self.body},
            clients=self._scale.clients,
        )


def a_portrait() -> bytes:
    """A picture of nobody, of about the size and weight that the page sends from a phone's front camera."""
    noise = Image.effect_noise((640, 480), 60).filter(ImageFilter.GaussianBlur(1.5)).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    return out.getvalue()
