"""`rebuild` on the consumer's side, `again` on the owner's."""

from __future__ import annotations

import click
from chassis import clock
from chassis.config import Settings
from chassis.db import make_engine, make_sessions
from chassis.service import load

from bus import topology
from bus.again import NotRebuildable, announce_again, clear_projection, types_to_announce
from bus.errors import BrokerGone
from bus.transport import open_transport


@click.command()
@click.argument("service")
@click.argument("event_type")
@click.option("--yes", is_flag=True, help="Do not ask.")
def rebuild(service: str, event_type: str, yes: bool) -> None:
    """Empty the projection of EVENT_TYPE that SERVICE keeps; then `again` fills it anew.

    Between the two, SERVICE answers what needs the projection with 503. Refused where the owner could not fill it.
    """
    found, settings = load(service), Settings.from_env(service)
    for each in types_to_announce(consumers=found.consumers, event_type=event_type):
        _require_owner(each)
    if not yes:
        click.confirm(f"Empty what {service} keeps of {event_type}?", abort=True)
    engine = make_engine(settings.database_url)
    try:
        sessions = make_sessions(found.db, engine)
        cleared = clear_projection(consumers=found.consumers, sessions=sessions, event_type=event_type)
    except NotRebuildable as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()
    for queue, types in cleared:
        for each in types:
            click.echo(f"now run: kaike again {_owner(each)} {each} {queue}")


def _require_owner(event_type: str) -> None:
    """Before anything is emptied: what nobody can announce again would be gone for good."""
    owner = _owner(event_type)
    if event_type not in load(owner).announces:
        raise click.ClickException(f"{owner} cannot announce {event_type} again: nothing was emptied")


def _owner(event_type: str) -> str:
    return event_type.partition(".")[0]


@click.command()
@click.argument("service")
@click.argument("event_type")
@click.argument("queue")
def again(service: str, event_type: str, queue: str) -> None:
    """Announce the present states of EVENT_TYPE, which SERVICE owns, again to QUEUE and to nobody else."""
    found, settings = load(service), Settings.from_env(service)
    known = topology.read()
    if event_type not in known.queues.get(queue, ()):
        raise click.ClickException(f"{queue} is not bound to {event_type}")
    transport = open_transport(topology=known, amqp_url=settings.amqp_url, var=settings.var)
    engine, publisher = make_engine(settings.database_url), transport.publisher()
    try:
        sent = announce_again(
            announces=found.announces,
            engine=engine,
            publisher=publisher,
            event_type=event_type,
            queue=queue,
            now=clock.now(),
        )
    except (NotRebuildable, BrokerGone) as error:
        raise click.ClickException(str(error)) from None
    finally:
        publisher.close()
        engine.dispose()
    click.echo(f"{sent} states of {event_type} announced again to {queue}")
