import random

import pytest
from chassis.ids import new_id
from exam.rules.answers import Save, defects, latest
from exam.rules.questions import QuestionKind


def save(position: int, question: str, answer: str, *, marked: bool = False) -> Save:
    return Save(id=new_id(), position=position, question_id=question, answer=tuple(answer), marked=marked)


def test_the_save_that_arrived_last_counts_whatever_the_order_of_reading() -> None:
    saves = [save(1, "q1", "A"), save(2, "q2", "B"), save(3, "q1", "C", marked=True), save(4, "q2", "")]
    random.Random(1).shuffle(saves)
    kept = latest(saves)
    assert (kept["q1"].answer, kept["q1"].marked) == (("C",), True)
    assert kept["q2"].answer == ()


@pytest.mark.parametrize(
    ("kind", "answer", "codes"),
    [
        ("single_choice", "A", []),
        ("single_choice", "", []),
        ("single_choice", "AB", ["too_many"]),
        ("single_choice", "Z", ["unknown_option"]),
        ("multiple_choice", "AB", []),
        ("multiple_choice", "AA", ["repeated"]),
    ],
)
def test_an_answer_names_options_that_were_shown(kind: str, answer: str, codes: list[str]) -> None:
    found = defects(kind=QuestionKind(kind), letters="ABCD", answer=answer)
    assert [error.code for error in found] == codes
