"""One file for all queues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bus import Consumer, react
from bus.errors import StaleTopology
from bus.topology import build, read, render


def nothing(*_: Any) -> None:
    """A handler."""


GRADUATED = "classroom.class.graduated.v1"
OPENED = "classroom.class.opened.v1"
BILLING = Consumer("billing.reactions", {OPENED: react(nothing), GRADUATED: react(nothing)})
EXAM = Consumer("exam.reactions", {OPENED: react(nothing)})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    topology = build([EXAM, BILLING])
    (tmp_path / "topology.yaml").write_text(render(topology))
    assert read(tmp_path) == topology


def test_the_text_does_not_depend_on_the_order_of_services() -> None:
    assert render(build([EXAM, BILLING])) == render(build([BILLING, EXAM]))


def test_it_knows_who_takes_a_type() -> None:
    topology = build([EXAM, BILLING])
    assert topology.bound(OPENED) == ("billing.reactions", "exam.reactions")
    assert topology.bound("billing.order.created.v1") == ()


def test_a_consumer_that_stands_there_otherwise_is_refused() -> None:
    with pytest.raises(StaleTopology, match="make contracts"):
        build([EXAM]).require([BILLING])
    with pytest.raises(StaleTopology, match="make contracts"):
        build([EXAM]).require([Consumer("exam.reactions", {GRADUATED: react(nothing)})])
    build([EXAM]).require([EXAM])


@pytest.mark.parametrize("text", [None, "", "queues: 7", "[]", ": : :"])
def test_a_file_that_is_missing_or_broken_says_what_to_do(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "topology.yaml").write_text(text)
    with pytest.raises(StaleTopology, match="make contracts"):
        read(tmp_path)


def test_two_consumers_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two consumers"):
        build([EXAM, EXAM])
