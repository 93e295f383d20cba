"""``kaike pages``: building and checking the front end by command."""

import click

from suite.pages import PagesNotBuilt
from suite.pages import build as build_pages
from suite.pages import check as check_pages


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """The pages that people use: frontend/, built into frontend/dist."""


@main.command()
@click.option("--force", is_flag=True, help="Build even when nothing has changed.")
def build(force: bool) -> None:
    """Build the pages when anything of them has changed (`kaike run` does it too)."""
    try:
        if not build_pages(click.echo, force=force):
            click.echo("  pages: up to date")
    except PagesNotBuilt as problem:
        raise click.ClickException(str(problem)) from problem


@main.command()
def check() -> None:
    """Types, lint and unit tests of the pages."""
    try:
        check_pages(click.echo)
    except PagesNotBuilt as problem:
        raise click.ClickException(str(problem)) from problem
