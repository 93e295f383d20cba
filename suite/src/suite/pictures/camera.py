"""Taking a picture: the page is brought to where it shall be, framed, and made small."""

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PIL import Image

from suite.pictures.shot import Shot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from suite.testing.browser import Visitor
    from suite.testing.people import World

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
# A frame above everything: an outline would be cut off at the edge of a table's cell.
FRAMED = """
(element) => {
  element.scrollIntoView({ block: "nearest" });
  const { top, left, width, height } = element.getBoundingClientRect();
  const frame = document.createElement("div");
  frame.style.cssText = `position: fixed; z-index: 9999; top: ${top - 6}px; left: ${left - 6}px;
    width: ${width + 12}px; height: ${height + 12}px; border: 3px solid #d92d20; border-radius: 6px`;
  document.body.append(frame);
}
"""


def taken(browser: "Browser", where: str, world: "World", shot: Shot) -> bytes:
    """The picture as a PNG of at most MOST_BYTES."""
    from suite.testing.browser import Visitor

    visitor = Visitor(browser, where, Path(), phone=shot.phone)  # its own pictures are not asked for
    if shot.size is not None:
        visitor.page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    if shot.login:
        visitor.signed_in(shot.login, world.password)
    visitor.opens(shot.path.format_map(world))
    shot.before(visitor)
    visitor.waits_until_settled()
    if shot.size is None:
        _fit(visitor)
    if shot.mark is not None:
        shot.mark(visitor).evaluate(FRAMED)
    content = visitor.page.screenshot(animations="disabled")
    visitor.leaves()
    return small(content)


def _fit(visitor: "Visitor") -> None:
    """Have the screen end below the last line."""
    size = visitor.page.viewport_size
    assert size is not None
    lowest = int(visitor.page.evaluate(LOWEST))
    height = size["height"] if visitor.phone else max(LEAST_HEIGHT, min(lowest, size["height"]))
    visitor.page.set_viewport_size({"width": size["width"], "height": height})


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
