"""``kaike pictures``: the pictures of the README and of the guides, taken in a real browser from the running demo."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.pictures import guides, readme
from suite.pictures.shot import Shot

if TYPE_CHECKING:
    from suite.testing.people import World


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--address", envvar="KAIKE_ADDRESS", help="Where the gateway answers. [default: the port KAIKE_PORT here]"
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Put all of them here. [default: docs/pictures, and the guides' own folder in frontend]",
)
@click.option("--only", default="", help="Only those whose name begins so.")
def main(address: str | None, folder: Path | None, only: str) -> None:
    """Take the pictures of the README and of the guides from the running demo (`kaike run`, then `kaike demo` once).

    Makes a class of its own in each state that a picture shows; needs the packages of the development environment.
    """
    from suite.pictures.camera import taken
    from suite.testing.browser import launched
    from suite.testing.people import World

    where = (address or f"http://127.0.0.1:{os.environ.get('KAIKE_PORT') or 8000}").rstrip("/")
    world = World(where)
    wanted = [
        (folder or kind.FOLDER, shot)
        for kind in (readme, guides)
        for shot in kind.shots(world)
        if shot.name.startswith(only)
    ]
    if not wanted:
        raise click.ClickException(f"no picture's name begins with {only!r}")
    _enliven(world)
    _make([shot for _, shot in wanted], world)
    total = 0
    with launched() as browser:
        for target, shot in wanted:
            content = taken(browser, where, world, shot)
            target.mkdir(parents=True, exist_ok=True)
            (target / f"{shot.name}.png").write_bytes(content)
            total += len(content)
            click.echo(f"{target / shot.name}.png: {len(content) // 1024} KB")
    click.echo(f"together {total // 1024} KB")


def _make(shots: list[Shot], world: "World") -> None:
    """Make what they show before the first list is seen."""
    for shot in shots:
        shot.path.format_map(world)


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
