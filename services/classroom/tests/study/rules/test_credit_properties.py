"""K18: no sequence of requests may ever credit more seconds than passed on the server's clock."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from classroom.study.rules.credit import Clock
from classroom.study.rules.intervals import difference, intersection, measure, union
from classroom.study.rules.reporting import Course, ItemState, Report, judge
from classroom.study.rules.study_time import Timetable, day_of, midnight, open_spans, windows_of
from hypothesis import given, settings
from hypothesis import strategies as st

DAY = date(2026, 11, 24)
ITEMS = {
    uuid.UUID(int=1): ("video", 50),
    uuid.UUID(int=2): ("video", 300),
    uuid.UUID(int=3): ("document", 90),
}
LIMIT = 150

moves = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 200_000)),
    st.tuples(st.just("clock back"), st.integers(0, 30_000)),
    st.tuples(st.just("session"), st.just(0)),
    st.tuples(st.just("pass"), st.integers(-60, 60)),
    st.tuples(
        st.just("report"),
        st.lists(
            st.tuples(
                st.sampled_from(sorted(ITEMS)),
                st.integers(0, 320),
                st.integers(0, 320),
                st.integers(0, 5),
                st.integers(0, 3),
            ),
            min_size=1,
            max_size=4,
        ),
    ),
    st.tuples(st.just("again"), st.just(0)),
)


@dataclass
class World:
    """One learner with pages on several devices, seen from the server."""

    course: Course
    now: int
    low: int
    high: int
    sessions: list[Clock] = field(default_factory=list)
    passes: list[tuple[int, int]] = field(default_factory=list)
    items: dict[uuid.UUID, ItemState] = field(default_factory=dict)
    video_by_day: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    credited: int = 0
    sent: list[list[tuple]] = field(default_factory=list)

    def open_session(self) -> None:
        opened = self.now
        if self.sessions:
            last = self.sessions[-1]
            opened = max(self.now, last.opened, last.until)
            self.sessions[-1] = replace(last, until=opened)
        self.sessions.append(Clock(opened=opened, until=opened))

    def report(self, rows: list[tuple]) -> None:
        self.sent.append(rows)
        if not self.sessions:
            return
        last = self.sessions[-1]
        clock = replace(last, until=max(last.opened, self.now))
        reports = [
            Report(
                report_id=uuid.UUID(int=number),
                item_id=item,
                span=(start, end),
                pass_span=self.passes[-1 - back] if back < len(self.passes) else None,
            )
            for number, (item, start, end, back, _) in enumerate(rows)
        ]
        ledger = judge(
            reports=reports,
            clock=clock,
            items=self.items,
            complete=frozenset(),
            video_by_day=self.video_by_day,
            course=self.course,
        )
        self._hold(ledger)

    def _hold(self, ledger) -> None:
        newly = difference(ledger.clock.used, self.sessions[-1].used)
        gained = sum(verdict.credited_seconds for verdict in ledger.verdicts)
        assert measure(newly) == gained * 1000
        for other in self.sessions[:-1]:
            assert not intersection(newly, other.used)
        self.credited += gained
        self.sessions[-1] = ledger.clock
        self.items = ledger.items
        self.video_by_day = ledger.video_by_day


@settings(max_examples=400, deadline=None)
@given(
    st.lists(moves, max_size=40),
    st.booleans(),
    st.booleans(),
    st.sampled_from([0, 9 * 3_600_000, 23 * 3_600_000 + 3_500_000]),
)
def test_no_sequence_credits_more_than_passed(sequence, with_windows, with_limit, start):
    windows = (
        windows_of([{"from": "00:00", "to": "00:05"}, {"from": "09:01", "to": "23:59"}])
        if with_windows
        else ()
    )
    timetable = Timetable(start_day=DAY, end_day=DAY + timedelta(days=1), windows=windows)
    began = midnight(DAY) + start
    world = World(
        course=Course(timetable=timetable, daily_video_seconds=LIMIT if with_limit else None),
        now=began,
        low=began,
        high=began,
        items={
            key: ItemState(item_id=key, kind=kind, length=length) for key, (kind, length) in ITEMS.items()
        },
    )
    for move, argument in sequence:
        play(world, move, argument)
    held = union(world.passes)
    allowed = open_spans(timetable, start=began - 3_600_000, end=world.high + 3_600_000)
    assert world.credited * 1000 <= measure(intersection(held, allowed))
    assert world.credited * 1000 <= world.high - world.low
    assert world.credited == sum(measure(item.watched) for item in world.items.values())
    for item in world.items.values():
        assert measure(item.watched) <= item.length
    if with_limit:
        assert all(seconds <= LIMIT for seconds in world.video_by_day.values())
    assert all(DAY <= day <= day_of(world.high) for day in world.video_by_day)


def play(world: World, move: str, argument) -> None:
    if move == "wait":
        world.now += argument
        world.high = max(world.high, world.now)
    elif move == "clock back":
        world.now -= argument
        world.low = min(world.low, world.now)
    elif move == "session":
        world.open_session()
    elif move == "pass":
        start = (world.now // 1000 + argument) * 1000
        world.passes.append((start, start + 120_000))
    elif move == "report":
        world.report(argument)
    elif world.sent:
        world.report(world.sent[-1])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=10),
    st.integers(0, 130),
)
def test_with_time_enough_exactly_the_union_is_credited(spans, extra):
    item = uuid.UUID(int=1)
    opened = midnight(DAY)
    until = opened + (100 + extra) * 1000
    ledger = judge(
        reports=[
            Report(report_id=uuid.UUID(int=n), item_id=item, span=span, pass_span=(opened, until))
            for n, span in enumerate(spans * 2)
        ],
        clock=Clock(opened=opened, until=until),
        items={item: ItemState(item_id=item, kind="video", length=100)},
        complete=frozenset(),
        video_by_day={},
        course=Course(timetable=Timetable(start_day=DAY, end_day=DAY)),
    )
    assert ledger.items[item].watched == union(spans)
    assert sum(verdict.credited_seconds for verdict in ledger.verdicts) == measure(union(spans))
    assert all(verdict.credited_seconds == 0 for verdict in ledger.verdicts[len(spans) :])


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 999),
    st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 20_000), st.booleans()), min_size=1, max_size=60),
)
def test_an_honest_page_loses_no_second_whatever_pauses_lie_in_between(opened, plays):
    """Plays and pauses in milliseconds, reported at some pauses as the whole seconds played so far; a new pass each
    110 s, as the page takes them."""
    item = uuid.UUID(int=1)
    began = midnight(DAY) + opened
    clock, items = Clock(opened=began, until=began), {item: ItemState(item_id=item, kind="video", length=600)}
    now, played, told, passes = began, 0, 0, [_pass_at(began)]
    for number, (playing, pausing, is_told) in enumerate([*plays, (0, 0, True)]):
        while now + playing > passes[-1][0] + 110_000:
            passes.append(_pass_at(passes[-1][0] + 110_000))
        now, played = now + playing, min(played + playing, 600_000)
        if is_told and played // 1000 > told:
            report = Report(
                report_id=uuid.UUID(int=number),
                item_id=item,
                span=(told, played // 1000),
                pass_span=passes[-1],
            )
            ledger = judge(
                reports=[report],
                clock=replace(clock, until=now, passes=tuple(passes[:-1])),
                items=items,
                complete=frozenset(),
                video_by_day={},
                course=Course(timetable=Timetable(start_day=DAY, end_day=DAY + timedelta(days=1))),
            )
            clock, items, told = ledger.clock, ledger.items, played // 1000
            assert [verdict.reason for verdict in ledger.verdicts] == [None]
        now += pausing
    assert items[item].watched == union([(0, played // 1000)])


def _pass_at(moment: int) -> tuple[int, int]:
    start = moment // 1000 * 1000
    return start, start + 120_000
