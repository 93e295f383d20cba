"""``kaike``: every command of the suite. Each ends with 0 when it did what it says, and with a sentence otherwise."""

import os
import sys
from pathlib import Path

import click

from suite.environment import own_secret, read_env_file
from suite.parts import DOORS, SERVICES

service_argument = click.argument("service", envvar="KAIKE_SERVICE", type=click.Choice(SERVICES))
FAILED = 1
MISUSED = 2


class Sentences(click.Group):
    """A group whose commands end expected troubles in one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command and turn what may go wrong into a sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except click.ClickException:
            raise
        except Exception as problem:
            if type(problem).__name__ not in EXPECTED:
                raise
            click.echo(f"\n{problem}", err=True)
            ctx.exit(FAILED)


# Named by their classes' names, since importing them would make every command wait for every library.
EXPECTED = frozenset(
    {
        "SettingWrong",
        "SettingMissing",
        "StartFailed",
        "NotRunning",
        "DatabaseMissing",
        "BackendMissing",
        "WrongHead",
        "RegistryBroken",
        "StaleTopology",
        "PagesNotBuilt",
        "BrowserMissing",
    }
)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kaike")
def main() -> None:
    """Kaike: online vocational training, from course package to paid order."""
    if (sys.argv[1:2] or [""])[0] not in {"test", "check"}:
        read_env_file(Path.cwd())


@main.command()
def run() -> None:
    """Start the whole suite on this machine; Ctrl-C stops it.

    KAIKE_PORT (8000), KAIKE_VAR (var), DATABASE_URL_<SERVICE> and AMQP_URL are the switches; .env.example explains
    them.
    """
    from suite.running.start import run as start

    start()


@main.command()
def stop() -> None:
    """Stop the suite that runs on KAIKE_VAR and wait until nothing of it is left."""
    from suite.environment import var_folder
    from suite.running.commands import stop as stop_running

    stop_running(var_folder())


@main.command()
@click.argument("name", type=click.Choice(sorted(DOORS)))
def restart(name: str) -> None:
    """Start one part of the running suite anew (its web process and its worker); no connection is lost."""
    from suite.environment import var_folder
    from suite.running.commands import restart as restart_part

    restart_part(var_folder(), name)


@main.command()
def status() -> None:
    """Show the processes of the running suite and the memory that each takes (PSS)."""
    from suite.environment import var_folder
    from suite.running.commands import status as show

    show(var_folder())


@main.command()
@click.argument("services", nargs=-1, envvar="KAIKE_SERVICE", type=click.Choice(SERVICES))
def migrate(services: tuple[str, ...]) -> None:
    """Bring the databases of SERVICES (all when none is named) to their newest form."""
    from suite.prepare import bring_up_to_date

    if len(services) != 1 and os.environ.get("DATABASE_URL"):
        raise click.UsageError(
            "DATABASE_URL is one database, but each service has its own: set DATABASE_URL_<SERVICE> or name one service"
        )
    for name in services or SERVICES:
        with own_secret(name):
            click.echo(f"{name}: {bring_up_to_date(name)}")


@main.command()
@click.argument("name", metavar="PART", envvar="KAIKE_SERVICE", type=click.Choice(sorted(DOORS)))
@click.option("--bind", envvar="KAIKE_BIND", default="0.0.0.0:8000", show_default=True)
@click.option(
    "--workers", envvar="KAIKE_WEB_WORKERS", default=1, show_default=True, type=click.IntRange(1, 64)
)
def web(name: str, bind: str, workers: int) -> None:
    """Serve one part over HTTP, as its container does; the environment must say everything."""
    from suite.web import serve

    serve(name, bind=bind, workers=workers)


@main.command()
@service_argument
def worker(service: str) -> None:
    """Relay, consumers, jobs and periodic work of SERVICE, as its worker container does."""
    from suite.worker import work

    work(service)


@main.command()
def secrets() -> None:
    """Print fresh secrets for an installation in containers, as lines for .env."""
    from suite.environment import fresh_secrets

    for variable, value in fresh_secrets().items():
        click.echo(f"{variable}={value}")


@main.group()
def keys() -> None:
    """Signing keys of the services that issue papers."""


@keys.command()
@service_argument
def rotate(service: str) -> None:
    """Give SERVICE a new signing key; papers signed with the last one stay good until they end."""
    from suite.keys import rotate as rotate_keys

    with own_secret(service):
        click.echo(f"{service}: {rotate_keys(service)}")


@main.command()
@click.option(
    "--check", is_flag=True, help="Write nothing; fail when a committed contract differs from the code."
)
def contracts(check: bool) -> None:
    """Write contracts/ anew from the code: openapi, errors, permissions, topology, asyncapi."""
    from suite.contracts import compare, generate

    differing = compare() if check else generate()
    for name in differing:
        click.echo(f"{'differs' if check else 'written'}: contracts/{name}")
    if check and differing:
        raise click.ClickException(
            "contracts/ is not what the code says: run 'make contracts' and commit the result"
        )


@main.command()
def check() -> None:
    """Lint, types, walls, contracts and the shape of the tree; seconds, no server."""
    from suite.checking import check as check_all

    sys.exit(check_all())


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Start the real backends once, run pytest with ARGUMENTS, and stop them again."""
    from suite.checking import test as test_all

    sys.exit(test_all(arguments))


def _add_others() -> None:
    """The commands that live with what they command."""
    from suite.lazy import LazyCommand

    main.add_command(
        LazyCommand("dead", "bus.cli:dead", "Dead letters of the bus: list, show, replay, drop.")
    )
    main.add_command(
        LazyCommand(
            "rebuild", "bus.cli:rebuild", "Empty what a service keeps of an event type, to fill it anew."
        )
    )
    main.add_command(
        LazyCommand("again", "bus.cli:again", "Announce a service's present states again to one queue.")
    )
    main.add_command(
        LazyCommand("pages", "suite.pages.command:main", "Build or check the pages: build, check.")
    )
    main.add_command(
        LazyCommand(
            "pictures", "suite.pictures:main", "Take the pictures of README and guides from the running demo."
        )
    )
    main.add_command(
        LazyCommand("demo", "suite.demo:main", "Play the main flow over HTTP against the running suite.")
    )
    main.add_command(
        LazyCommand("bench", "suite.benches:main", "Measure this machine: each measure beside its floor.")
    )


_add_others()
