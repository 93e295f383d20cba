"""What may be removed from the outbox."""

from __future__ import annotations

import pytest
from bus.relay.rows import Row, confirmed_prefix
from bus.transport.base import Message
from chassis.ids import new_id


def row(number: int, shard: int) -> Row:
    return Row(number, shard, Message(id=new_id(), type="mill.sack.ground.v1", body=b""))


@pytest.mark.parametrize(
    ("shards", "confirmed", "removable", "failed"),
    [
        ("aaa", "+++", [0, 1, 2], ""),
        ("aaa", "-++", [], "a"),
        ("aaa", "+-+", [0], "a"),
        ("aba", "-+-", [1], "a"),
        ("abab", "+-++", [0, 2], "b"),
        ("abab", "----", [], "ab"),
        ("", "", [], ""),
    ],
)
def test_within_a_shard_nothing_behind_the_first_unconfirmed_is_removed(
    shards: str, confirmed: str, removable: list[int], failed: str
) -> None:
    rows = [row(number, ord(shard)) for number, shard in enumerate(shards)]
    found = confirmed_prefix(rows, [sign == "+" for sign in confirmed])
    assert found == (removable, {ord(shard) for shard in failed})
