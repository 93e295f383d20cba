"""Check-ins per second through the real supervision app, against two views that do less.

The photo was taken in before, which `photo` measures: a check-in carries its receipt. The last line is what a learner
waits for, photo and check-in through one process, against two views that keep the photo as safely.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis import clock
from chassis.clock import shanghai_day
from chassis.config import Settings
from chassis.ids import new_id
from files import Links
from supervision.api.receipts import PURPOSE
from supervision.check_in.models import CheckIn
from supervision.rules.receipts import REMEMBERED, receipt_text
from supervision.testing import Classroom

from bench import load
from bench.figures import Bar, BenchFailed, Figure, median
from bench.floors.common import TABLES
from bench.ground import Ground
from bench.learners import consenting_class, headers_of
from bench.measures.photo import a_photo_body
from bench.papers import Issuer, issuer
from bench.parts import floor, web
from bench.rounds import Said, in_turn
from bench.scale import Scale

BAR_BARE, BAR_REMEMBERING = 0.4, 0.6
LIFETIME = timedelta(hours=1)
"""Longer than a receipt really lives: a run must not end in the middle because of it."""
WORK, BARE, REMEMBERING = "check-ins", "one INSERT", "remembered, two INSERTs"
RECEIPT = "check-ins with the receipt of a photo"
WHOLE, WHOLE_BY_HAND = "photo and check-in", "a file, remembered, three INSERTs"


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The lines of check-ins."""
    ground.renew("supervision")
    ground.execute("floors", *TABLES)
    with (
        issuer() as papers,
        web(ground, "supervision", keys=papers.address) as service,
        floor(ground, "bench.floors.check_in:bare") as bare,
        floor(ground, "bench.floors.check_in:remembering", keys=papers.address) as remembering,
        floor(ground, "bench.floors.photo:whole", keys=papers.address) as by_hand,
    ):
        learners = _learners(ground, scale, now=clock.now())
        receipts = Settings.from_env("supervision", {"KAIKE_SECRET": ground.secret}).secret("photo-receipts")
        requests = _Requests(learners, papers, receipts, scale)
        # The page shows one's check-ins before it asks for another: every paper has been seen by then.
        load.send(requests.plan(service, requests.looks()))
        found = in_turn(
            {
                WORK: lambda: _check_in(ground, requests, service),
                BARE: lambda: load.send(requests.plan(bare, requests.bare())).per_second,
                REMEMBERING: lambda: load.send(requests.plan(remembering, requests.bare())).per_second,
                WHOLE: lambda: _whole(ground, requests, service),
                WHOLE_BY_HAND: lambda: (
                    load.send(requests.plan(by_hand, requests.whole_bare())).per_second / 2
                ),
            },
            rounds=scale.rounds,
            say=say,
        )
        details = {"rounds": found, "learners": scale.check_ins}
    return [
        Figure(
            name=name,
            title=title,
            value=median(found[work]),
            unit="/s",
            floor=median(found[floor_title]),
            floor_title=floor_title,
            bar=Bar(limit=limit),
            details=details,
        )
        for name, title, work, floor_title, limit in (
            ("check-in", RECEIPT, WORK, BARE, BAR_BARE),
            ("check-in-papers", RECEIPT, WORK, REMEMBERING, BAR_REMEMBERING),
            (
                "check-in-whole",
                "learners who take a photo and check in",
                WHOLE,
                WHOLE_BY_HAND,
                BAR_REMEMBERING,
            ),
        )
    ]


def _learners(ground: Ground, scale: Scale, *, now: datetime) -> list[Classroom]:
    """A class whose learners have checked in on the days before."""
    learners = consenting_class(ground, learners=scale.check_ins, days=scale.history, now=now)
    days = [shanghai_day(now) - timedelta(days=back) for back in range(1, scale.history + 1)]
    with ground.session("supervision") as session:
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


def _whole(ground: Ground, requests: _Requests, port: int) -> float:
    """One round: all learners take a photo and check in, each pair of requests one after the other."""
    _renew(ground, requests)
    answers = load.send(requests.plan(port, requests.whole_real()))
    made = ground.scalar("supervision", "SELECT count(*) FROM check_ins WHERE day = :day", day=requests.day)
    photos = ground.scalar("supervision", "SELECT count(*) FROM photos")
    if not made + photos == 2 * made == len(answers.latencies):
        raise BenchFailed(f"{len(answers.latencies)} requests answered, {made} check-ins, {photos} photos")
    return answers.per_second / 2


def _renew(ground: Ground, requests: _Requests) -> None:
    ground.execute(
        "supervision",
        f"DELETE FROM check_ins WHERE day = '{requests.day}'",
        "DELETE FROM photos",
        "TRUNCATE bus_outbox",
        "VACUUM ANALYZE check_ins",
        "VACUUM ANALYZE photos",
    )


def _check_in(ground: Ground, requests: _Requests, port: int) -> float:
    """One round: today's check-ins of all learners, made anew."""
    _renew(ground, requests)
    answers = load.send(requests.plan(port, requests.real()))
    made = ground.scalar("supervision", "SELECT count(*) FROM check_ins WHERE day = :day", day=requests.day)
    told = ground.scalar("supervision", "SELECT count(*) FROM bus_outbox")
    if not made == told == len(answers.latencies):
        raise BenchFailed(f"{len(answers.latencies)} check-ins answered, {made} made, {told} announced")
    return answers.per_second


class _Requests:
    """What the learners send: the same bodies to the work and to its floors."""

    def __init__(self, learners: list[Classroom], papers: Issuer, secret: bytes, scale: Scale) -> None:
        now = clock.now()
        self.day = shanghai_day(now)
        self._scale = scale
        self._class_id = learners[0].class_id
        until, signer = now + LIFETIME, Links(secret)
        self._bodies = {}
        for each in learners:
            text = receipt_text(each.receipt(until=until))
            receipt = signer.make(text, purpose=PURPOSE, expires_at=until + REMEMBERED)
            self._bodies[str(each.enrolment_id)] = json.dumps({"receipt": receipt}).encode()
        self._bodies["photo"], self._photo_type = a_photo_body()
        self._looking = [headers_of(each, papers, now=now) for each in learners]

    def looks(self) -> list[load.Request]:
        path = f"/api/v1/supervision/classes/{self._class_id}/check-ins/mine"
        return [load.Request("GET", path, headers) for headers in self._looking]

    def real(self) -> list[load.Request]:
        return self._sent_to(f"/api/v1/supervision/classes/{self._class_id}/check-ins")

    def bare(self) -> list[load.Request]:
        return self._sent_to(f"/check-ins/{self._class_id}")

    def whole_real(self) -> list[load.Request]:
        return self._after_photos("/api/v1/supervision/photos", self.real())

    def whole_bare(self) -> list[load.Request]:
        return self._after_photos("/photos", self.bare())

    def plan(self, port: int, requests: list[load.Request]) -> load.Plan:
        return load.Plan(
            host="127.0.0.1",
            port=port,
            requests=requests,
            bodies=self._bodies,
            clients=self._scale.clients,
        )

    def _sent_to(self, path: str) -> list[load.Request]:
        json_body = {"Content-Type": "application/json"}
        return [
            load.Request("POST", path, {**headers, **json_body}, headers["Enrolment"])
            for headers in self._looking
        ]

    def _after_photos(self, path: str, check_ins: list[load.Request]) -> list[load.Request]:
        photos = [
            load.Request("POST", path, {**headers, "Content-Type": self._photo_type}, "photo")
            for headers in self._looking
        ]
        return [each for pair in zip(photos, check_ins, strict=True) for each in pair]
