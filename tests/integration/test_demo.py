"""The main flow, from a course package to a paid order, as `make demo` plays it, on files and on real servers."""

import json

import pytest

FIGURES = {
    "joined": 11,
    "finished": 3,
    "billed_headcount": 10,
    "per_head_fee": "75.00",
    "amount": "750.00",
    "state": "settled",
}


def play(suite):
    done = suite.command("demo")
    assert done.returncode == 0, done.stdout + done.stderr + suite.logs()
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def orders(suite):
    """What the demo prints at its end, played twice."""
    return [play(suite), play(suite)]


def test_the_demo_ends_with_the_order_as_the_rules_make_it(orders):
    for order in orders:
        assert {name: order[name] for name in FIGURES} == FIGURES


def test_playing_it_twice_makes_a_second_class_and_a_second_order(orders):
    first, second = orders
    assert first["order_number"] != second["order_number"]
    assert first["class_id"] != second["class_id"]


def test_nothing_is_left_in_the_dead_letters(suite, orders):
    done = suite.command("dead", "list", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout or "[]") == []
