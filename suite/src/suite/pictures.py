"""``kaike pictures``: the README's pictures, taken in a real browser from the running demo."""

import io
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from suite.testing.browser import Visitor
    from suite.testing.people import World

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "docs" / "pictures"
MOST_BYTES = 100 * 1024
COLOURS = (256, 128, 64, 32)
# How low a picture may end: below the last line of a short list there is nothing to see.
LOWEST = """
() => {
  const parts = [...document.querySelectorAll("main > *, main > * > *")].filter((each) => each.offsetHeight > 0);
  return Math.max(...parts.map((each) => each.getBoundingClientRect().bottom)) + 24;
}
"""
LEAST_HEIGHT = 560


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: who sees it, where, and what they do there before it is taken."""

    name: str
    login: str
    path: str
    phone: bool = False
    before: "Callable[[Visitor], object]" = lambda visitor: None


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
    total = 0
    with launched() as browser:
        for name, content in _taken(browser, where):
            (folder / f"{name}.png").write_bytes(content)
            total += len(content)
            click.echo(f"{folder / name}.png: {len(content) // 1024} KB")
    click.echo(f"together {total // 1024} KB")


def _taken(browser: "Browser", where: str) -> Iterator[tuple[str, bytes]]:
    """Each picture's name and content."""
    from suite.testing.browser import Visitor
    from suite.testing.people import World

    world = World(where)
    _enliven(world)
    shots = _shots(world)
    # Makes what they show, before the first list is seen.
    paths = [shot.path.format_map(world) for shot in shots]
    for shot, path in zip(shots, paths, strict=True):
        visitor = Visitor(browser, where, FOLDER, phone=shot.phone).signed_in(shot.login, world.password)
        visitor.opens(path)
        shot.before(visitor)
        visitor.waits_until_settled()
        yield shot.name, small(_picture(visitor))
        visitor.leaves()


def _shots(world: "World") -> tuple[Shot, ...]:
    learner = world.people.roster[1].mobile
    return (
        Shot(name="home", login="business", path="/console"),
        Shot(name="class-list", login="registrar", path="/console/classes"),
        Shot(name="class-wizard", login="registrar", path="/console/classes/{draft[id]}/setup/supervision"),
        Shot(name="class-console", login="teacher", path="/console/classes/{open[id]}/overview"),
        Shot(name="class-learning", login="teacher", path="/console/classes/{open[id]}/learning"),
        Shot(name="review", login="reviewer", path="/console/applications/{opening[application_id]}"),
        Shot(name="settlement", login="finance", path="/console/dealer/settlements/{settlement[id]}"),
        Shot(name="learner-class", login=learner, path="/learn/classes/{open[id]}", phone=True),
        Shot(
            name="learner-exam",
            login=learner,
            path="/learn/classes/{open[id]}/exam",
            phone=True,
            before=_answer_one,
        ),
    )


def _enliven(world: "World") -> None:
    """The open class as it looks on an ordinary day: most have joined and checked in, some have finished. And an
    opening that has passed its first review."""
    from suite.demo.learning import Learner
    from suite.demo.opening import approve

    found = world["open"]
    learners = [world.joined(person, found) for person in world.people.roster[:9]]
    for learner in learners[:7]:
        learner.check_in()
    with ThreadPoolExecutor(4) as pool:
        halfway = pool.submit(learners[1].study, most=3)
        done = list(pool.map(Learner.study_all, (learners[0], *learners[2:4])))
        halfway.result()
    click.echo(f"{len(done)} of {len(learners)} learners have studied everything")
    for learner in (learners[0], learners[2]):
        learner.sit_exam()
    approve(world.people.staff("manager"), world["opening"]["application_id"], "名单与费用已核对，同意开班")


def _answer_one(visitor: "Visitor") -> None:
    visitor.presses("开始考试").is_at("/learn/classes/[^/]+/attempts/.+").waits_until_settled()
    visitor.page.locator("fieldset.question input").first.check()


def _picture(visitor: "Visitor") -> bytes:
    size = visitor.page.viewport_size
    assert size is not None
    lowest = int(visitor.page.evaluate(LOWEST))
    height = size["height"] if visitor.phone else max(LEAST_HEIGHT, min(lowest, size["height"]))
    visitor.page.set_viewport_size({"width": size["width"], "height": height})
    return visitor.page.screenshot(animations="disabled")


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
