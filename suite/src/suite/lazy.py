"""A command whose code is imported when it is called, so that ``kaike --help`` answers at once."""

import importlib
from contextlib import nullcontext
from typing import Any

import click

from suite.environment import own_secret
from suite.parts import SERVICES


class LazyCommand(click.Command):
    """Stands for the click command (or group) at ``target`` ("module:attribute")."""

    def __init__(self, name: str, target: str, short_help: str) -> None:
        super().__init__(
            name,
            short_help=short_help,
            help=short_help,
            add_help_option=False,
            context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
        )
        self.target = target

    def invoke(self, ctx: click.Context) -> Any:
        """Hand all arguments, ``--help`` too, to the real command."""
        module, _, attribute = self.target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        service = next((argument for argument in ctx.args if argument in SERVICES), None)
        with own_secret(service) if service else nullcontext():
            return command.main(list(ctx.args), prog_name=ctx.command_path, standalone_mode=True)
