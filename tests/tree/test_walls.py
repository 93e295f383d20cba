"""Walls that import-linter cannot draw: what rules may import, who commits, where tests lie."""

import sys

import pytest
from suite.parts import SERVICES
from suite.testing import tree

COMMITTER = "libs/chassis/src/chassis/db/commit.py"
MIGRATIONS = ("libs/chassis/src/chassis/db/migrate.py", "libs/chassis/src/chassis/db/alembic/env.py")
# Arithmetic on plain numbers and characters; a test below holds them to the standard library.
PURE = {"chassis.errors", "chassis.money", "chassis.text", "chassis.typed"}


def rules():
    for path in tree.python_files(tests=False):
        if "rules" in path.parts and tree.service_of(path):
            yield path


def may_be_imported_by_rules(name, path):
    parts = name.split(".")
    own_rules = parts[0] == tree.service_of(path) and "rules" in parts
    return parts[0] in sys.stdlib_module_names or name in PURE or own_rules


def test_rules_import_only_the_standard_library_and_errors():
    wrong = [
        f"{tree.shown(path)} imports {name}"
        for path in rules()
        for name in tree.imports(path)
        if not may_be_imported_by_rules(name, path)
    ]
    assert not wrong


@pytest.mark.parametrize("name", sorted(PURE))
def test_what_rules_may_import_is_pure_itself(name):
    path = tree.ROOT / "libs" / "chassis" / "src" / f"{name.replace('.', '/')}.py"
    assert {imported.split(".")[0] for imported in tree.imports(path)} <= sys.stdlib_module_names


def test_every_service_keeps_its_decisions_in_rules():
    assert {tree.service_of(path) for path in rules()} == set(SERVICES)


def test_only_one_place_commits():
    wrong = [
        f"{tree.shown(path)}:{line}"
        for path in tree.python_files(tests=False)
        if tree.shown(path) not in (COMMITTER, *MIGRATIONS)
        for line in tree.calls(path, "commit")
    ]
    assert not wrong, "end a transaction with chassis.db.transaction(session)"
    assert list(tree.calls(tree.ROOT / COMMITTER, "commit")), "the one place is gone: adapt this test"


def test_no_test_folder_is_a_package():
    # With them, two services' test files of one name silently become one module.
    wrong = [
        tree.shown(path)
        for path in tree.files()
        if path.name == "__init__.py" and (path.parent.name == "tests" or list(path.parent.glob("test_*.py")))
    ]
    assert not wrong


def test_nothing_sleeps():
    wrong = [
        f"{tree.shown(path)}:{line}"
        for path in tree.python_files()
        for line in tree.calls(path, "sleep")
        if tree.shown(path) != "tests/tree/test_walls.py"
    ]
    assert not wrong, "wait on a condition, never on time alone"


def test_no_test_is_skipped():
    wrong = [
        f"{tree.shown(path)}:{line}"
        for path in tree.python_files()
        if tree.is_test(path)
        for method in ("skip", "skipif", "importorskip", "xfail")
        for line in tree.calls(path, method)
    ]
    assert not wrong
