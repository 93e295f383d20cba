"""The player's own reckoning and classroom's own rule, tried together over pauses, stalls and jumps at milliseconds
(K18)."""

import json
import math
import random
import subprocess
import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from chassis.ids import new_id
from classroom.study.rules.credit import Clock
from classroom.study.rules.intervals import difference, measure, union
from classroom.study.rules.reporting import Course, ItemState, Report, judge
from classroom.study.rules.study_time import Timetable, midnight

PAGES = Path(__file__).parents[2] / "frontend"
SEED, JOURNEYS, LENGTH = 20261130, 300, 900
DAY = date(2026, 11, 30)
ITEM = uuid.UUID(int=1)
RUNNER = """
import { readFileSync } from 'node:fs';
const { Playback } = await import(process.argv[2]);
const plays = JSON.parse(readFileSync(0, 'utf8')).map(([length, moves]) => {
    const playback = new Playback(length);
    return moves.map(([move, ...given]) => playback[move](...given)).filter(Array.isArray);
});
console.log(JSON.stringify(plays));
"""


@dataclass
class Journey:
    """A learner in front of a video; times and positions in milliseconds."""

    chance: random.Random
    jumps: bool
    now: int = 0
    at: int = 0
    moves: list = field(default_factory=list)
    taken_at: list[int] = field(default_factory=list)
    truth: tuple = ()

    def does(self, move: str, *given: object) -> None:
        self.moves.append([move, *given])

    def takes(self) -> None:
        self.does("take")
        self.taken_at.append(self.now)

    def plays(self) -> None:
        begin, end = self.at, self.at + self.chance.randrange(1, 6000)
        self.does("start", self.at / 1000, self.now / 1000)
        while self.at < end:
            step = min(end - self.at, self.chance.randrange(1, 1200))
            self.at, self.now = self.at + step, self.now + step
            if self.chance.random() < 0.8:
                self.does("look", self.at / 1000, self.now / 1000)
            if self.chance.random() < 0.2:
                self.takes()
            if self.chance.random() < 0.1:
                self.now += self.chance.randrange(4000)  # it waits for data
        self.truth = union([*self.truth, (begin, self.at)])

    def stops(self) -> None:
        if self.jumps and self.chance.random() < 0.3:
            self.does("leave", [[start / 1000, end / 1000] for start, end in self.truth], self.now / 1000)
            self.at = self.chance.randrange(200_000)
        else:
            self.does("look", self.at / 1000, self.now / 1000)
            self.takes()
            self.does("stop")
            if self.chance.random() < 0.3:
                self.takes()  # hidden and left: both say so
            self.now += self.chance.randrange(8000)

    def goes(self) -> "Journey":
        for _ in range(self.chance.randrange(1, 40)):
            self.plays()
            self.stops()
        self.does("stop")
        self.takes()
        return self


@pytest.fixture(scope="module")
def journeys(tmp_path_factory) -> list[tuple[Journey, list]]:
    """Each with what the player's program said when it was asked for what to report."""
    folder = tmp_path_factory.mktemp("playback")
    bundle, runner = folder / "playback.mjs", folder / "runner.mjs"
    bundler = [PAGES / "node_modules/.bin/rolldown", "src/features/player/playback.ts", "--file", bundle]
    subprocess.run([*bundler, "--format", "esm"], cwd=PAGES, check=True, capture_output=True)
    runner.write_text(RUNNER)
    chance = random.Random(SEED)
    made = [Journey(chance, jumps=number % 2 == 1).goes() for number in range(JOURNEYS)]
    given = json.dumps([[LENGTH, journey.moves] for journey in made])
    done = subprocess.run(["node", runner, bundle], input=given, check=True, capture_output=True, text=True)
    return list(zip(made, json.loads(done.stdout), strict=True))


def credited(journey: Journey, taken: list, *, opened: int) -> tuple:
    """What classroom credits when each thing taken is reported at its moment, in a session opened just before; what was
    cut because the clock was a moment behind is said once more."""
    began = midnight(DAY) + 12 * 3_600_000 + opened
    passes = [_pass_at(start) for start in range(began, began + journey.now + 110_000, 110_000)]
    clock, watched, again = Clock(opened=began, until=began), (), ()
    for moment, spans in [*zip(journey.taken_at, taken, strict=True), (journey.now + 1500, [])]:
        reports = [
            Report(report_id=new_id(), item_id=ITEM, span=span, pass_span=passes[moment // 110_000])
            for span in union([*again, *(tuple(each) for each in spans)])
        ]
        ledger = judge(
            reports=reports,
            clock=replace(clock, until=began + moment),
            items={ITEM: ItemState(item_id=ITEM, kind="video", length=LENGTH, watched=watched)},
            complete=frozenset(),
            video_by_day={},
            course=Course(timetable=Timetable(start_day=DAY, end_day=DAY)),
        )
        assert {verdict.reason for verdict in ledger.verdicts} <= {None, "budget"}
        clock, watched = ledger.clock, ledger.items[ITEM].watched
        again = difference(union(report.span for report in reports), watched)
        assert measure(watched) * 1000 <= moment
    return watched


def _pass_at(moment: int) -> tuple[int, int]:
    start = moment // 1000 * 1000
    return start, start + 120_000


def test_every_second_that_was_played_is_credited_and_never_more_than_the_clock(journeys):
    for number, (journey, taken) in enumerate(journeys):
        watched = credited(journey, taken, opened=number * 7 % 1000)
        whole = union((math.ceil(start / 1000), end // 1000) for start, end in journey.truth)
        assert not difference(whole, watched), number
        if not journey.jumps:
            assert watched == union([(0, (journey.at + 10) // 1000)]), number


def test_what_the_page_reports_it_reports_once(journeys):
    for _, taken in journeys:
        spans = [(start, end) for each in taken for start, end in each]
        assert sum(end - start for start, end in spans) == measure(union(spans))
