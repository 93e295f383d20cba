"""The main flow, from a course package to a paid order, as `make demo` plays it, on files and on real servers."""

import itertools
import json
import threading

import pytest
from suite.parts import SERVICES

SECONDS_BETWEEN_CRASHES = 4

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


def kill_workers(suite, stop, killed):
    """End the workers one after the other, as crashes would, until told to stop."""
    for name in itertools.cycle(SERVICES):
        if stop.wait(SECONDS_BETWEEN_CRASHES):
            return
        killed.append(suite.kill_part(name, "worker"))


@pytest.fixture(scope="module")
def crashes():
    """The processes that were killed while the demo was played for the second time."""
    return []


@pytest.fixture(scope="module")
def orders(suite, crashes):
    """What the demo prints at its end, played twice, the second time among crashes."""
    first, stop = play(suite), threading.Event()
    killer = threading.Thread(target=kill_workers, args=(suite, stop, crashes))
    killer.start()
    try:
        return [first, play(suite)]
    finally:
        stop.set()
        killer.join()


def test_the_demo_ends_with_the_order_as_the_rules_make_it(orders):
    for order in orders:
        assert {name: order[name] for name in FIGURES} == FIGURES


def test_playing_it_twice_makes_a_second_class_and_a_second_order(orders):
    first, second = orders
    assert first["order_number"] != second["order_number"]
    assert first["class_id"] != second["class_id"]


def test_prepared_alone_it_provides_what_the_play_uses_and_nothing_else(suite, orders):
    done = suite.command("demo", "--prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "price agreement" in done.stdout
    assert "version 1" in done.stdout  # the package that the plays above have made, found again
    assert "class" not in done.stdout


@pytest.mark.usefixtures("orders")
def test_crashed_workers_have_lost_nothing(crashes):
    # The orders above are complete although this many workers died while they came about.
    assert len(crashes) >= 5


def test_nothing_is_left_in_the_dead_letters(suite, orders):
    done = suite.command("dead", "list", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout or "[]") == []
