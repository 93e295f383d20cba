"""`kaike demo`: the main flow over HTTP, from a course package to a settled order, each step by the role that may."""

import json
import os
import sys

import click

FAILED = 1


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--address",
    envvar="KAIKE_ADDRESS",
    help="Where the gateway answers. [default: http://127.0.0.1:KAIKE_PORT]",
)
@click.option(
    "--prepare",
    is_flag=True,
    help="Only what a class needs first: a price agreement and a course package. The rest is yours, in the browser.",
)
def main(*, address: str | None, prepare: bool) -> None:
    """Play the main flow over HTTP against the running suite (`kaike run`).

    Each step is printed with its figures; the last line is the order as one line of JSON. Playing again makes a
    second class and a second order, nothing else. Exits with 1 when any figure is not as it should be.
    """
    from rich.console import Console

    from suite.demo import play
    from suite.demo.failed import DemoFailed

    where = (address or f"http://127.0.0.1:{os.environ.get('KAIKE_PORT') or 8000}").rstrip("/")
    console = Console(stderr=False, highlight=False, soft_wrap=True)
    try:
        if prepare:
            play.prepare(where, console)
            return
        figures = play.play(where, console)
    except DemoFailed as problem:
        click.echo(f"demo failed: {problem}", err=True)
        sys.exit(FAILED)
    click.echo(json.dumps(figures, ensure_ascii=False))
