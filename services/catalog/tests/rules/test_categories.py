"""C1: the tree of categories."""

import uuid

import pytest
from catalog.rules.categories import InsideItself, TooDeep, below, path_of

A, B, C, D = (uuid.UUID(int=n) for n in range(1, 5))
TREE = {A: (None, "职业技能培训"), B: (A, "生活服务"), C: (B, "育婴员"), D: (A, "生产制造")}


def test_a_path_goes_from_the_root_down() -> None:
    assert path_of(C, TREE) == ["职业技能培训", "生活服务", "育婴员"]


def test_what_is_below_comes_after_its_parent() -> None:
    found = below(A, TREE)
    assert found[0] == A
    assert set(found) == {A, B, C, D}
    assert found.index(B) < found.index(C)
    assert list(below(C, TREE)) == [C]


def test_a_ring_is_refused() -> None:
    with pytest.raises(InsideItself):
        path_of(C, {**TREE, A: (C, "职业技能培训")})


def test_a_sixth_level_is_refused() -> None:
    chain = {uuid.UUID(int=n): (uuid.UUID(int=n - 1) if n > 1 else None, str(n)) for n in range(1, 7)}
    assert len(path_of(uuid.UUID(int=5), chain)) == 5
    with pytest.raises(TooDeep):
        path_of(uuid.UUID(int=6), chain)
