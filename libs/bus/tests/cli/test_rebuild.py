"""The two commands of a rebuild: the consumer's and the owner's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click
import pytest
import sqlalchemy as sa
from bus.cli import again, rebuild
from chassis.ids import new_id
from click.testing import CliRunner, Result
from milling import until

Run = Callable[..., Result]


@pytest.fixture
def run(mill: Any, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with the mill's environment."""
    monkeypatch.setattr(mill.app, "SERVICE", mill.service)
    environment = {
        "KAIKE_ENV": "test",
        "KAIKE_SECRET": "a secret of the tests",
        "KAIKE_VAR": str(mill.folder),
        "DATABASE_URL": mill.url,
        **({"AMQP_URL": mill.amqp} if mill.amqp else {}),
    }

    def invoke(command: click.Command, *arguments: str) -> Result:
        return CliRunner(env=environment).invoke(command, arguments)

    return invoke


def speeds(mill: Any) -> list[int]:
    with mill.sessions() as session:
        return list(session.scalars(sa.select(mill.app.stones.c.speed)))


def test_the_owner_announces_to_the_queue_and_the_consumer_empties_its_projection(
    mill: Any, run: Run
) -> None:
    with mill.relay(), mill.consumer():
        mill.stone(new_id(), 7)
        until(lambda: speeds(mill) == [7])
        told = run(again, "mill", mill.app.STONE, mill.queue)
        assert told.output.strip() == f"1 states of {mill.app.STONE} announced again to {mill.queue}"
    assert run(rebuild, "mill", mill.app.STONE).exit_code == 1  # nobody said yes
    assert speeds(mill) == [7]
    done = run(rebuild, "mill", mill.app.STONE, "--yes")
    assert done.output.strip() == f"now run: kaike again mill {mill.app.STONE} {mill.queue}"
    assert speeds(mill) == []


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_what_cannot_be_done_is_said(mill: Any, run: Run) -> None:
    assert "no projection here keeps" in run(rebuild, "mill", mill.app.SACK, "--yes").output
    assert "does not announce" in run(again, "mill", mill.app.SACK, mill.queue).output
    assert "is not bound to" in run(again, "mill", "mill.wheel.turned.v1", mill.queue).output


@pytest.mark.parametrize("way", ["embedded"], indirect=True)
def test_what_its_owner_cannot_announce_again_is_not_emptied(
    mill: Any, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mill.relay(), mill.consumer():
        mill.stone(new_id(), 7)
        until(lambda: speeds(mill) == [7])
    monkeypatch.setattr(mill, "service", replace(mill.service, announces={}))
    monkeypatch.setattr(mill.app, "SERVICE", mill.service)
    refused = run(rebuild, "mill", mill.app.STONE, "--yes")
    assert (refused.exit_code, speeds(mill)) == (1, [7])
    assert f"mill cannot announce {mill.app.STONE} again" in refused.output
