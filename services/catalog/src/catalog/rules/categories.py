"""C1: the tree of occupations (职业/工种)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from chassis.errors import Invalid

MAX_DEPTH = 5


class TooDeep(Invalid):
    """The tree would have more levels than pages can show."""

    code = "catalog.category.too_deep"
    title = f"分类层级最多 {MAX_DEPTH} 层"
    next_step = "请把分类放在更高的层级下。"


class InsideItself(Invalid):
    """A category cannot be moved below itself."""

    code = "catalog.category.inside_itself"
    title = "不能把分类移动到它自己的下级"
    next_step = "请选择其他上级分类。"


Tree = Mapping[UUID, tuple[UUID | None, str]]
"""Category → (parent, name)."""


def path_of(category: UUID, tree: Tree) -> list[str]:
    """The names from the root down to this category. Raises InsideItself on a ring, TooDeep below MAX_DEPTH."""
    names: list[str] = []
    seen: set[UUID] = set()
    here: UUID | None = category
    while here is not None:
        if here in seen:
            raise InsideItself
        seen.add(here)
        here, name = tree[here]
        names.append(name)
    if len(names) > MAX_DEPTH:
        raise TooDeep
    return names[::-1]


def below(category: UUID, tree: Tree) -> Sequence[UUID]:
    """This category and everything below it, each after its parent."""
    children: dict[UUID | None, list[UUID]] = {}
    for key, (parent, _) in tree.items():
        children.setdefault(parent, []).append(key)
    found: list[UUID] = []
    waiting: list[UUID] = [category]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(_unseen(children.get(here, []), found))
    return found


def _unseen(keys: Iterable[UUID], found: Sequence[UUID]) -> list[UUID]:
    return [key for key in keys if key not in found]
