"""One picture: who sees it, where, and what they do there before it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from suite.testing.browser import Visitor

ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True, kw_only=True)
class Shot:
    """``path`` may name pieces of the World; a shot without ``login`` is of somebody who has not signed in."""

    name: str
    path: str
    login: str = ""
    phone: bool = False
    before: "Callable[[Visitor], object]" = lambda visitor: None
    mark: "Callable[[Visitor], Locator] | None" = None
    """What is framed in red, as in a printed manual."""
    size: tuple[int, int] | None = None
    """Width and height; without it the picture ends below the last line."""
