"""Study reports per second through the real classroom app, against a bare insert."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from chassis import clock
from chassis.clock import shanghai_day
from chassis.ids import new_id
from classroom.study.actions.open_session import open_session
from classroom.study.testing import item_ids, learner, package_data, pass_claims, studied_class

from bench import load
from bench.figures import Bar, BenchFailed, Figure, median
from bench.floors.common import TABLES
from bench.ground import Ground
from bench.papers import Issuer, issuer
from bench.parts import floor, web
from bench.rounds import Said, in_turn
from bench.scale import Scale

LIMIT = 0.35
WORK, BARE = "reports", "one INSERT"
EVERY = 15
"""Seconds between two reports of a player, and so the seconds that each of them is worth."""
PASS_SECONDS = 120
EARLIER = timedelta(minutes=40)
"""The sessions were opened so long ago: each report asks for time that has truly passed."""


@dataclass(frozen=True, kw_only=True)
class Studying:
    """A learner with an open page."""

    account_id: UUID
    session_id: UUID
    item_id: UUID
    claims: dict[str, Any]
    headers: dict[str, str]


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The line of study reports."""
    ground.renew("classroom")
    ground.execute("floors", *TABLES)
    with (
        issuer() as papers,
        web(ground, "classroom", keys=papers.address) as service,
        floor(ground, "bench.floors.study:bare") as bare,
    ):
        now = clock.now()
        learners = _learners(ground, scale, papers, now=now)
        rounds, again = count(), count()
        found = in_turn(
            {
                WORK: lambda: _report(ground, learners, papers, scale, port=service, number=next(rounds)),
                BARE: lambda: (
                    load.send(_plan(learners, papers, scale, bare, number=next(again), below="")).per_second
                ),
            },
            rounds=scale.rounds,
            say=say,
        )
    return [
        Figure(
            name="study",
            title="study reports",
            value=median(found[WORK]),
            unit="/s",
            floor=median(found[BARE]),
            floor_title=BARE,
            bar=Bar(limit=LIMIT),
            details={"rounds": found, "learners": scale.learners, "reports_of_each": scale.reports},
        )
    ]


def _learners(ground: Ground, scale: Scale, papers: Issuer, *, now: datetime) -> list[Studying]:
    """A class of one long video whose learners opened their pages a while ago, with a daily limit as most have."""
    opened = (
        now.replace(microsecond=0) - EARLIER
    )  # passes begin on whole seconds; no part of the first is lost
    package = package_data(items=[("video", 36_000)], play_order="free")
    video = item_ids(package)[0]
    found = []
    with ground.session("classroom") as session:
        study_class = studied_class(
            session,
            now=opened,
            package=package,
            start_day=shanghai_day(now) - timedelta(days=1),
            daily_video_hours=8,
        )
        for _ in range(scale.learners):
            who = learner(session, study_class=study_class, now=opened)
            begun = open_session(
                session,
                class_id=study_class.class_id,
                account_id=who.account_id,
                device="bench",
                item_id=video,
                now=opened,
            )
            found.append(
                Studying(
                    account_id=who.account_id,
                    session_id=begun.session.id,
                    item_id=video,
                    claims=pass_claims(who, now=opened),
                    headers={
                        **papers.learner_headers(who.account_id, now=now),
                        "Content-Type": "application/json",
                    },
                )
            )
    return found


def _report(
    ground: Ground, learners: list[Studying], papers: Issuer, scale: Scale, *, port: int, number: int
) -> float:
    """One round, in which every report must have been credited in full."""
    before = _credited(ground)
    plan = _plan(learners, papers, scale, port, number=number, below="/api/v1/classroom")
    answers = load.send(plan)
    gained, wanted = _credited(ground) - before, len(plan.requests) * EVERY
    if gained != wanted:
        raise BenchFailed(f"{len(plan.requests)} reports were credited {gained} s, not {wanted}")
    return answers.per_second


def _credited(ground: Ground) -> int:
    return int(ground.scalar("classroom", "SELECT coalesce(sum(credited_seconds), 0) FROM study_sessions"))


def _plan(
    learners: list[Studying], papers: Issuer, scale: Scale, port: int, *, number: int, below: str
) -> load.Plan:
    """The reports of one round: each learner has a new pass, as it has every two minutes, and reports under it."""
    requests: list[load.Request] = []
    bodies: dict[str, bytes] = {}
    passes = {each.session_id: _pass(each, papers, number) for each in learners}
    for place in range(scale.reports):
        begin = number * scale.reports * EVERY + place * EVERY
        for each in learners:
            name = str(new_id())
            report = {
                "id": name,
                "item_id": str(each.item_id),
                "from_seconds": begin,
                "to_seconds": begin + EVERY,
                "pass": passes[each.session_id],
            }
            bodies[name] = json.dumps({"reports": [report]}).encode()
            path = f"{below}/study-sessions/{each.session_id}/reports"
            requests.append(load.Request("POST", path, each.headers, name))
    return load.Plan(host="127.0.0.1", port=port, requests=requests, bodies=bodies, clients=scale.clients)


def _pass(who: Studying, papers: Issuer, number: int) -> str:
    begins = who.claims["nbf"] + number * PASS_SECONDS
    times = {"nbf": begins, "exp": begins + PASS_SECONDS}
    return papers.paper("supervision", "pass", {**who.claims, **times}, now=clock.now())
