"""The benches, which lie in the checkout's folder bench/ and belong to no installation.

They are loaded from their own file: with the checkout on the path, its folder ``suite`` would hide this package.
"""

import importlib
import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

import click

FOLDER = Path(__file__).resolve().parents[3] / "bench"


def load() -> ModuleType:
    """Make ``bench`` importable in this process and return it.

    Raises:
        click.ClickException: this is an installation without the folder.
    """
    known = sys.modules.get("bench")
    if known is not None:
        return known
    spec = importlib.util.spec_from_file_location(
        "bench", FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
    )
    if spec is None or spec.loader is None or not FOLDER.is_dir():
        raise click.ClickException(f"the benches are not part of an installation: there is no {FOLDER}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench"] = module
    spec.loader.exec_module(module)
    return module


@click.command(add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def main(arguments: tuple[str, ...]) -> None:
    """Measure this machine against the floors of bench/floors."""
    load()
    command: click.Command = importlib.import_module("bench.cli").main
    command.main(list(arguments), prog_name="kaike bench", standalone_mode=True)


if __name__ == "__main__":  # a process of the benches: python -m suite.benches bench.load …
    load()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__")
