from itertools import combinations

import pytest
from exam.rules.scoring import Asked, best_of, has_passed, is_right, score_of


@pytest.mark.parametrize(
    ("right", "answered", "earns"),
    [
        ("A", "A", True),
        ("A", "B", False),
        ("A", "", False),
        ("A", None, False),
        ("T", "T", True),
        ("T", "F", False),
        ("ABD", "ABD", True),
        ("ABD", "DBA", True),
        ("ABD", "AB", False),
        ("ABD", "ABCD", False),
        ("ABD", "C", False),
    ],
)
def test_exactly_the_right_options_earn_the_points(right: str, answered: str | None, earns: bool) -> None:
    given = None if answered is None else frozenset(answered)
    assert is_right(right=frozenset(right), answered=given) is earns


def test_of_all_answers_to_a_multiple_choice_only_one_is_right() -> None:
    options = "ABCDE"
    answers = [frozenset(chosen) for size in range(6) for chosen in combinations(options, size)]
    assert sum(is_right(right=frozenset("ACE"), answered=answer) for answer in answers) == 1


def test_a_score_is_the_sum_of_what_was_earned() -> None:
    asked = [
        Asked(right=frozenset("A"), points=2, answered=frozenset("A")),
        Asked(right=frozenset("AB"), points=5, answered=frozenset("A")),
        Asked(right=frozenset("T"), points=3, answered=frozenset("T")),
        Asked(right=frozenset("F"), points=90, answered=None),
    ]
    assert score_of(asked) == 5


@pytest.mark.parametrize(("score", "passed"), [(59, False), (60, True), (61, True)])
def test_reaching_the_pass_mark_is_passing(score: int, passed: bool) -> None:
    assert has_passed(score=score, pass_score=60) is passed


@pytest.mark.parametrize(("scores", "best"), [([], None), ([0], 0), ([40, 90, 70], 90)])
def test_the_best_score_counts(scores: list[int], best: int | None) -> None:
    assert best_of(scores) == best
