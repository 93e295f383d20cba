"""``kaike pictures``: the README's pictures, taken in a real browser from the running demo."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 150 * 1024
COLOURS = (256, 128, 64, 32)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--address", envvar="KAIKE_ADDRESS", help="Where the gateway answers. [default: the port KAIKE_PORT here]"
)
@click.option("--folder", type=click.Path(path_type=Path), default=FOLDER, help="Where the pictures go.")
def main(address: str | None, folder: Path) -> None:
    """Take the README's pictures from the running demo (`kaike run`, then `kaike demo` once).

    Makes a class of its own in each state that a picture shows; needs the packages of the development environment.
    """
    from suite.testing.browser import launched

    where = (address or f"http://127.0.0.1:{os.environ.get('KAIKE_PORT') or 8000}").rstrip("/")
    folder.mkdir(parents=True, exist_ok=True)
    with launched() as browser:
        for name, content in _taken(browser, where):
            (folder / f"{name}.png").write_bytes(content)
            click.echo(f"{folder / name}.png: {len(content) // 1024} KB")


def _taken(browser: "Browser", where: str) -> Iterator[tuple[str, bytes]]:
    """Each picture's name and content."""
    from suite.testing.browser import Visitor
    from suite.testing.people import World

    world = World(where)
    learner = world.people.roster[1]
    places = (
        ("class-list", "registrar", "/console/classes", False),
        ("class-wizard", "registrar", "/console/classes/{draft[id]}/setup/supervision", False),
        ("class-console", "teacher", "/console/classes/{open[id]}/overview", False),
        ("review", "manager", "/console/applications/{opening[application_id]}", False),
        ("settlement", "finance", "/console/dealer/settlements/{settlement[id]}", False),
        ("learner-class", learner.mobile, "/learn/classes/{open[id]}", True),
        ("learner-exam", learner.mobile, "/learn/classes/{open[id]}/exam", True),
    )
    paths = [path.format_map(world) for _name, _login, path, _phone in places]
    for (name, login, _path, phone), path in zip(places, paths, strict=True):
        visitor = Visitor(browser, where, FOLDER, phone=phone).signed_in(login, world.password)
        visitor.opens(path)
        yield name, small(visitor.page.screenshot(animations="disabled"))
        visitor.leaves()


def small(content: bytes) -> bytes:
    """The same picture with as many colours as fit into MOST_BYTES."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    for colours in COLOURS:
        output = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        if output.tell() <= MOST_BYTES:
            return output.getvalue()
    raise click.ClickException(
        f"a picture does not fit into {MOST_BYTES // 1024} KB even with {COLOURS[-1]} colours"
    )
