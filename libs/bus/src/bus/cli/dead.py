"""`dead list | show | replay | drop`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click

from bus import topology
from bus.dead import Filter, drop, find, replay
from bus.transport import open_transport
from bus.transport.base import DeadLetter, Transport

Command = TypeVar("Command", bound=Callable[..., Any])
_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"])

_OPTIONS = (
    click.option("--queue", "queues", multiple=True, help="Only these queues; all when none is named."),
    click.option("--type", "event_type", help="Only this event type."),
    click.option("--id", "message_id", type=click.UUID, help="Only this message."),
    click.option("--reason", help="Only where the reason contains this."),
    click.option("--since", type=_MOMENT, help="Only those that died at this time (UTC) or later."),
    click.option("--until", type=_MOMENT, help="Only those that died before this time (UTC)."),
    click.option("--limit", type=click.IntRange(min=1), help="At most so many of each queue, oldest first."),
)


def _filtered(command: Command) -> Command:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group()
def dead() -> None:
    """Messages that the bus gave up, with the reason. AMQP_URL or KAIKE_VAR say where."""


@dead.command("list")
@_filtered
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_letters(as_json: bool, **filters: Any) -> None:
    """List dead letters; they stay where they are."""
    transport, queues, which = _asked(**filters)
    letters = find(transport, queues=queues, which=which)
    for letter in letters:
        click.echo(json.dumps(_plain(letter), ensure_ascii=False) if as_json else _line(letter))
    if not as_json:
        click.echo(f"{len(letters)} dead letters")


@dead.command()
@click.argument("message_id", type=click.UUID)
def show(message_id: UUID) -> None:
    """Print one dead letter whole, as JSON. It may hold personal data: mind where it goes."""
    transport, queues, which = _asked(message_id=message_id)
    letters = find(transport, queues=queues, which=which)
    if not letters:
        raise click.ClickException(f"no dead letter has the id {message_id}")
    for letter in letters:
        body = letter.message.body.decode(errors="replace")
        click.echo(json.dumps({**_plain(letter), "body": body}, ensure_ascii=False, indent=2))


@dead.command("replay")
@_filtered
@click.option("--dry-run", is_flag=True, help="Only say which would be sent.")
def replay_letters(dry_run: bool, **filters: Any) -> None:
    """Send dead letters to their own queue once more, with the same id and no attempts behind them."""
    transport, queues, which = _asked(**filters)
    letters = (find if dry_run else replay)(transport, queues=queues, which=which)
    _report("would be replayed" if dry_run else "replayed", letters)


@dead.command("drop")
@_filtered
@click.option("--dry-run", is_flag=True, help="Only say which would be dropped.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def drop_letters(dry_run: bool, yes: bool, **filters: Any) -> None:
    """Remove dead letters for good."""
    transport, queues, which = _asked(**filters)
    if dry_run:
        _report("would be dropped", find(transport, queues=queues, which=which))
        return
    if not yes:
        number = len(find(transport, queues=queues, which=which))
        click.confirm(f"Drop {number} dead letters for good?", abort=True)
    _report("dropped", drop(transport, queues=queues, which=which))


def _asked(
    *, queues: Sequence[str] = (), since: datetime | None = None, until: datetime | None = None, **rest: Any
) -> tuple[Transport, Sequence[str], Filter]:
    known = topology.read()
    for queue in queues:
        if queue not in known.queues:
            raise click.ClickException(f"there is no queue {queue}; there are {', '.join(known.queues)}")
    var = Path(os.environ.get("KAIKE_VAR", "var")).absolute()
    transport = open_transport(topology=known, amqp_url=os.environ.get("AMQP_URL") or None, var=var)
    which = Filter(since=_utc(since), until=_utc(until), **rest)
    return transport, queues or tuple(known.queues), which


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def _report(what: str, letters: Sequence[DeadLetter]) -> None:
    for letter in letters:
        click.echo(_line(letter))
    click.echo(f"{len(letters)} {what}")


def _line(letter: DeadLetter) -> str:
    died = letter.died_at.isoformat(timespec="seconds") if letter.died_at else "-"
    message = letter.message
    return (
        f"{died}  {letter.queue}  {message.type}  {message.id}  attempts {letter.attempts}  {letter.reason}"
    )


def _plain(letter: DeadLetter) -> dict[str, Any]:
    return {
        "queue": letter.queue,
        "id": str(letter.message.id),
        "type": letter.message.type,
        "attempts": letter.attempts,
        "died_at": letter.died_at.isoformat() if letter.died_at else None,
        "reason": letter.reason,
    }
