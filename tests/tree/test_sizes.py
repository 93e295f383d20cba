"""Sizes that well-cut code has: a module that outgrows them is two things."""

import ast
import statistics

from suite.testing import tree

MOST_LINES, MOST_TEST_LINES, USUAL_LINES, USUAL_FUNCTION = 400, 700, 100, 40


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions():
    for path in tree.python_files(tests=False):
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.end_lineno - node.lineno + 1


def test_no_module_is_two_things():
    wrong = {
        tree.shown(path): lines(path)
        for path in tree.python_files()
        if lines(path) > (MOST_TEST_LINES if tree.is_test(path) else MOST_LINES)
    }
    assert not wrong


def test_half_of_the_modules_are_short():
    sizes = [lines(path) for path in tree.python_files(tests=False) if path.name != "__init__.py"]
    assert statistics.median(sizes) < USUAL_LINES


def test_nine_functions_in_ten_are_short():
    sizes = sorted(functions())
    assert sizes[int(len(sizes) * 0.9)] < USUAL_FUNCTION
