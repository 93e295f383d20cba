import pytest
from exam.rules.papers import PaperKind, defects, time_limit


@pytest.mark.parametrize(
    ("kind", "seconds", "pass_score", "points", "codes"),
    [
        ("exam", 900, 60, [50, 50], []),
        ("exam", 900, 100, [50, 50], []),
        ("exam", 900, 101, [50, 50], ["too_high"]),
        ("exam", 0, 60, [100], ["required"]),
        ("mock_exam", 0, 60, [100], ["required"]),
        ("exercise", 0, 0, [1], []),
        ("exercise", 0, 0, [], ["required"]),
        ("exam", 0, 60, [], ["required", "required", "too_high"]),
    ],
)
def test_a_paper_can_be_published_when_nothing_is_missing(
    kind: str, seconds: int, pass_score: int, points: list[int], codes: list[str]
) -> None:
    found = defects(kind=PaperKind(kind), seconds=seconds, pass_score=pass_score, points=points)
    assert [error.code for error in found] == codes


@pytest.mark.parametrize(("kind", "limit"), [("exercise", None), ("mock_exam", 600), ("exam", 600)])
def test_only_an_exercise_has_no_time_limit(kind: str, limit: int | None) -> None:
    assert time_limit(kind=PaperKind(kind), seconds=600) == limit
