"""`react` events: many at once, and one at rest."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import UUID

import bus
from bus.handling.loop import BATCH
from chassis import clock
from chassis.clock import shanghai_day
from chassis.ids import new_id
from chassis.web.fields import moment_text
from classroom.study.testing import learner, package_data, studied_class
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from bench.figures import Bar, BenchFailed, Figure, median, percentile
from bench.ground import Ground
from bench.passing import Stopwatch, arrival, between, looking
from bench.rounds import Said, in_turn
from bench.scale import Scale

LEAST_PER_SECOND = 500
MEDIAN_MS, LATE_MS = 20, 150
TYPE, QUEUE = "supervision.check_in.recorded.v1", "classroom.learning"
RUNS = 3
PAUSE = 0.03
"""Seconds between two events at rest: relay and consumer sleep again."""
SHARP = 0.0005


def measure(ground: Ground, scale: Scale, say: Said) -> list[Figure]:
    """The lines of reactions: learners check in, and classroom takes it into their learning."""
    with between(ground, "supervision", "classroom"):
        class_id, learners = _learners(ground, scale, now=clock.now())
        days = _Days(ground, class_id, learners)
        found = in_turn({"events": days.next_round}, rounds=scale.rounds, say=say)
        runs = [_at_rest(ground, days, scale, say) for _ in range(RUNS)]
    best = min(runs, key=lambda run: percentile(run, 0.99))
    rest = {
        "runs": [
            {"median_ms": median(each) * 1000, "p99_ms": percentile(each, 0.99) * 1000} for each in runs
        ],
        "events": scale.at_rest,
        "pause_ms": PAUSE * 1000,
        "type": TYPE,
        "queue": QUEUE,
    }
    return [
        Figure(
            name="react",
            title="`react` events, outbox to consumer",
            value=median(found["events"]),
            unit="/s",
            bar=Bar(limit=LEAST_PER_SECOND),
            details={
                "rounds": found["events"],
                "events": scale.facts,
                "type": TYPE,
                "queue": QUEUE,
                "batch": BATCH,
            },
        ),
        Figure(
            name="rest-median",
            title=f"one event at rest, median (best of {RUNS} runs)",
            value=median(best) * 1000,
            unit="ms",
            bar=Bar(limit=MEDIAN_MS, least=False),
            details=rest,
        ),
        Figure(
            name="rest-p99",
            title="one event at rest, 99th percentile (same run)",
            value=percentile(best, 0.99) * 1000,
            unit="ms",
            bar=Bar(limit=LATE_MS, least=False),
            details=rest,
        ),
    ]


def _learners(ground: Ground, scale: Scale, *, now: datetime) -> tuple[UUID, list[UUID]]:
    """A class in classroom with its learners: the class and the enrolments."""
    with ground.session("classroom") as session:
        study_class = studied_class(session, now=now, package=package_data())
        enrolments = [
            learner(session, study_class=study_class, now=now).enrolment_id for _ in range(scale.facts)
        ]
        return study_class.class_id, enrolments


class _Days:
    """Supervision's announcements: with each of them a learner has one day more."""

    def __init__(self, ground: Ground, class_id: UUID, learners: list[UUID]) -> None:
        self._ground = ground
        self._class_id = class_id
        self._learners = learners
        self._days = 0

    def next_round(self) -> float:
        """All learners check in, in one transaction; events per second until the last is handled."""
        self._days += 1
        stopwatch = Stopwatch()
        with self._ground.session("supervision") as session:
            stopwatch.start_at_commit(session)
            for enrolment_id in self._learners:
                self._announce(session, enrolment_id)
            stopwatch.announced(session)
        with looking(self._ground, "classroom") as connection:
            seconds = arrival(connection, stopwatch, queue=QUEUE)
        self._check(len(self._learners))
        return len(self._learners) / seconds

    def one(self, connection: Connection) -> float:
        """One learner checks in; seconds until it is handled."""
        self._days += 1
        stopwatch = Stopwatch()
        with self._ground.session("supervision") as session:
            stopwatch.start_at_commit(session)
            self._announce(session, self._learners[self._days % len(self._learners)])
            stopwatch.announced(session)
        return arrival(connection, stopwatch, queue=QUEUE, every=SHARP)

    def _announce(self, session: Session, enrolment_id: UUID) -> None:
        now, check_in_id = clock.now(), new_id()
        data = {
            "check_in_id": str(check_in_id),
            "class_id": str(self._class_id),
            "enrolment_id": str(enrolment_id),
            "day": (shanghai_day(now) + timedelta(days=self._days)).isoformat(),
            "slot": "day",
            "at": moment_text(now),
            "days_checked_in": self._days,
        }
        subject, aggregate = f"check_in/{check_in_id}", ("enrolment", enrolment_id)
        bus.announce(session, type=TYPE, aggregate=aggregate, subject=subject, data=data, now=now)

    def _check(self, wanted: int) -> None:
        statement = "SELECT count(*) FROM study_learners WHERE days_checked_in = :days"
        counted = self._ground.scalar("classroom", statement, days=self._days)
        if counted != wanted:
            raise BenchFailed(f"{counted} of {wanted} learners have their day")


def _at_rest(ground: Ground, days: _Days, scale: Scale, say: Said) -> list[float]:
    """One run of single events, each after the last has come to rest."""
    pause, found = threading.Event(), []
    with looking(ground, "classroom") as connection:
        for _ in range(scale.at_rest):
            pause.wait(PAUSE)
            found.append(days.one(connection))
    say(f"at rest: median {median(found) * 1000:.1f} ms, 99th {percentile(found, 0.99) * 1000:.1f} ms")
    return found
