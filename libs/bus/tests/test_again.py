"""Rebuilding a projection, on both transports."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from bus import Consumer, project, react
from bus.again import NotRebuildable, announce_again, clear_projection
from bus.handling.inbox import handled
from chassis import clock
from chassis.ids import new_id
from milling import until


def again(mill: Any, event_type: str) -> int:
    publisher = mill.transport.publisher()
    try:
        return announce_again(
            announces=mill.service.announces,
            engine=mill.engine,
            publisher=publisher,
            event_type=event_type,
            queue=mill.queue,
            now=clock.now(),
        )
    finally:
        publisher.close()


def speeds(mill: Any) -> dict[Any, tuple[int, int]]:
    stones = mill.app.stones
    with mill.sessions() as session:
        return {row.id: (row.speed, row.version) for row in session.execute(sa.select(stones))}


def test_a_cleared_projection_is_filled_from_the_owners_present_states(mill: Any) -> None:
    first, second = new_id(), new_id()
    with mill.relay(), mill.consumer():
        for stone, speed in ((first, 1), (first, 2), (second, 7)):
            mill.stone(stone, speed)
        until(lambda: speeds(mill) == {first: (2, 2), second: (7, 1)})
        assert again(mill, mill.app.STONE) == 2
        until(lambda: _handled(mill) == 5)
        assert speeds(mill) == {first: (2, 2), second: (7, 1)}  # same version: nothing newer was said
        before = speeds(mill)
        _clear(mill)
        assert speeds(mill) == {}
        _remember(mill, before)
        mill.stone(first, 50)
        until(lambda: speeds(mill)[first] == (50, 3))


def _remember(mill: Any, rows: dict[Any, tuple[int, int]]) -> None:
    """The mill owns and projects the same table here: put the owner's rows back as the rebuild would."""
    with mill.committed() as session:
        for key, (speed, version) in rows.items():
            session.execute(mill.app.stones.insert().values(id=key, speed=speed, version=version))


def _handled(mill: Any) -> int:
    with mill.sessions() as session:
        return handled(session, mill.queue)


def _clear(mill: Any) -> None:
    cleared = clear_projection(
        consumers=mill.service.consumers, sessions=mill.sessions, event_type=mill.app.STONE
    )
    assert cleared == [(mill.queue, [mill.app.STONE])]
    assert _handled(mill) == 0


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_a_fact_is_not_rebuilt(mill: Any) -> None:
    with pytest.raises(NotRebuildable):
        again(mill, mill.app.SACK)
    with pytest.raises(NotRebuildable):
        clear_projection(consumers=mill.service.consumers, sessions=mill.sessions, event_type=mill.app.SACK)


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_a_projection_without_a_way_to_clear_it_is_left_alone(mill: Any) -> None:
    consumer = Consumer(mill.queue, {mill.app.STONE: project(mill.app.keep_stones)})
    with pytest.raises(NotRebuildable, match="clear="):
        clear_projection(consumers=[consumer], sessions=mill.sessions, event_type=mill.app.STONE)


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_types_that_share_a_projection_are_announced_again_together(mill: Any) -> None:
    handler = project(mill.app.keep_stones, clear=mill.app.clear_stones)
    types = {"mill.stone.changed.v1": handler, "mill.stone.changed.v2": handler}
    consumer = Consumer(mill.queue, {**types, mill.app.SACK: react(mill.app.when_sack_ground)})
    cleared = clear_projection(
        consumers=[consumer], sessions=mill.sessions, event_type="mill.stone.changed.v2"
    )
    assert cleared == [(mill.queue, sorted(types))]
