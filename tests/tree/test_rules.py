"""docs/rules.md has every rule, says what of it is built, and agrees with the tests and with what the code cites."""

import re
from functools import cache
from typing import NamedTuple

import pytest
from suite.testing import tree

RULES = tree.ROOT / "docs" / "rules.md"
NUMBERS = {"C": 11, "K": 32, "S": 9, "E": 11, "B": 18, "X": 19}
"""How many rules each chapter has."""
ALL = [f"{chapter}{number}" for chapter, most in NUMBERS.items() for number in range(1, most + 1)]
CODE = {".py", ".ts", ".vue"}
CITED = re.compile(r"(?<![\w.-])([CKSEBX][1-9][0-9]?)(?![\w.\[-])")
ROW = re.compile(r"^\| ([A-Z]\d+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)


class State(NamedTuple):
    """A line of the table of states."""

    api: str
    pages: str
    tests: list[str]

    @property
    def built(self) -> bool:
        return any(part.startswith(("whole", "partly: ")) for part in (self.api, self.pages))


@cache
def states() -> dict[str, State]:
    text = RULES.read_text(encoding="utf-8")
    return {
        rule: State(api, pages, re.findall(r"\]\(\.\./([^)]+)\)", tests))
        for rule, api, pages, tests in ROW.findall(text)
    }


def is_test(path) -> bool:
    return "tests" in path.parts or path.name.endswith(".test.ts")


@cache
def citing() -> dict[str, set[str]]:
    """Rule → the files of code and tests that cite it."""
    found: dict[str, set[str]] = {}
    for path in tree.files():
        if path.suffix in CODE and path.name != "test_rules.py" and "generated" not in path.parts:
            for rule in CITED.findall(path.read_text(encoding="utf-8")):
                found.setdefault(rule, set()).add(tree.shown(path))
    return found


def test_every_rule_stands_there_once_and_in_order():
    written = re.findall(r"^- \*\*([A-Z]\d+)\*\* ", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    assert written == ALL


def test_the_table_of_states_has_every_rule_once():
    assert [found[0] for found in ROW.findall(RULES.read_text(encoding="utf-8"))] == ALL


@pytest.mark.parametrize("rule", ALL)
def test_a_state_is_said_in_the_three_words(rule):
    state = states()[rule]
    for part in (state.api, state.pages):
        assert part in {"whole", "none", "–"} or re.fullmatch(r"partly: \S.*", part), part


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_that_is_built_names_tests_that_exist_and_no_other_rule_names_any(rule):
    state = states()[rule]
    assert bool(state.tests) == state.built
    for name in state.tests:
        assert (tree.ROOT / name).is_file(), name
        assert is_test(tree.ROOT / name), name


@pytest.mark.parametrize("rule", [rule for rule, state in states().items() if state.built])
def test_a_rule_that_is_built_is_cited_in_the_code(rule):
    assert rule in citing(), f"{rule} is said to be built, but no code and no test names it"


def test_every_rule_that_the_code_cites_exists():
    # Names of cells and documents look like rules too; as long as such a rule exists, they do no harm here.
    foreign = {rule: sorted(files)[:3] for rule, files in citing().items() if rule not in ALL}
    assert foreign == {}
