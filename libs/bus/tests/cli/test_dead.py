"""The command line of the dead letters, on both transports."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bus.cli import dead
from click.testing import CliRunner, Result
from milling import until

Run = Callable[..., Result]


@pytest.fixture
def run(mill: Any, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command as a person would, where two letters lie."""
    monkeypatch.setenv("KAIKE_VAR", str(mill.folder))
    if mill.amqp:
        monkeypatch.setenv("AMQP_URL", mill.amqp)
    with mill.relay(), mill.consumer():
        mill.sacks(1, 2, wishes=["raise", "raise"])
        until(lambda: len(mill.dead()) == 2)
    return lambda *arguments, **options: CliRunner().invoke(dead, list(arguments), **options)


def letters(run: Run, *filters: str) -> list[dict[str, Any]]:
    done = run("list", "--json", *filters)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines() if line.startswith("{")]


def test_letters_are_listed_filtered_replayed_and_dropped(mill: Any, run: Run) -> None:
    first, second = letters(run)
    assert (first["queue"], first["attempts"]) == (mill.queue, 2)
    assert first["reason"] == "ValueError: a pebble in the sack"
    assert "2 dead letters" in run("list").output
    assert letters(run, "--type", "mill.stone.changed.v1") == []
    assert letters(run, "--until", "2020-01-01") == []
    assert len(letters(run, "--since", "2020-01-01", "--reason", "pebble", "--limit", "1")) == 1

    shown = run("show", first["id"])
    assert json.loads(json.loads(shown.output[shown.output.index("{") :])["body"])["id"] == first["id"]

    assert "1 would be replayed" in run("replay", "--id", first["id"], "--dry-run").output
    assert len(letters(run)) == 2
    mill.app.REPAIRED.set()
    assert "1 replayed" in run("replay", "--id", first["id"], "--queue", mill.queue).output
    with mill.consumer():
        until(lambda: len(mill.ground()) == 1)

    assert "1 would be dropped" in run("drop", "--dry-run").output
    assert run("drop", input="n\n").exit_code == 1
    assert [each["id"] for each in letters(run)] == [second["id"]]
    assert "1 dropped" in run("drop", "--yes").output
    assert letters(run) == []


def test_what_does_not_exist_is_said(mill: Any, run: Run) -> None:
    assert "there is no queue" in run("list", "--queue", "mill.nowhere").output
    assert "no dead letter has the id" in run("show", "01a20c1e-ce3e-7124-bf43-6e1dbf5d88b5").output
