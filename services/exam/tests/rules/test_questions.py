import pytest
from exam.rules.questions import Option, QuestionKind, defects, full_options


def options(texts: str, letters: str = "ABCDEFGHIJK") -> list[Option]:
    return [Option(key=letter, text=text) for letter, text in zip(letters, texts, strict=False)]


@pytest.mark.parametrize(
    ("kind", "texts", "answer"),
    [
        ("single_choice", "甲乙", "A"),
        ("single_choice", "甲乙丙丁", "D"),
        ("multiple_choice", "甲乙丙丁", "AC"),
        ("multiple_choice", "甲乙", "AB"),
        ("true_false", "", "T"),
        ("true_false", "", "F"),
    ],
)
def test_a_sound_question_has_no_defect(kind: str, texts: str, answer: str) -> None:
    assert defects(kind=QuestionKind(kind), options=options(texts), answer=answer) == []


@pytest.mark.parametrize(
    ("kind", "texts", "answer", "field", "code"),
    [
        ("single_choice", "甲", "A", "/options", "count"),
        ("single_choice", "甲乙丙丁戊己庚辛壬癸子", "A", "/options", "count"),
        ("single_choice", "甲乙甲", "A", "/options/2/text", "repeated"),
        ("single_choice", "甲乙", "C", "/answer/0", "unknown_option"),
        ("single_choice", "甲乙", "AB", "/answer", "exactly_one"),
        ("single_choice", "甲乙", "", "/answer", "exactly_one"),
        ("multiple_choice", "甲乙丙", "A", "/answer", "too_few"),
        ("multiple_choice", "甲乙丙", "AAB", "/answer", "repeated"),
        ("true_false", "", "A", "/answer/0", "unknown_option"),
        ("true_false", "", "", "/answer", "exactly_one"),
    ],
)
def test_each_defect_is_named_at_its_field(kind: str, texts: str, answer: str, field: str, code: str) -> None:
    found = defects(kind=QuestionKind(kind), options=options(texts), answer=answer, at="/items/3")
    assert (f"/items/3{field}", code) in [(error.field, error.code) for error in found]


def test_options_are_lettered_in_order() -> None:
    found = defects(kind=QuestionKind.SINGLE_CHOICE, options=options("甲乙", "BA"), answer="A")
    assert [error.field for error in found] == ["/options/0/key", "/options/1/key"]


def test_a_true_false_question_always_has_the_same_two_options() -> None:
    kept = full_options(kind=QuestionKind.TRUE_FALSE, options=options("甲乙丙"))
    assert [(option.key, option.text) for option in kept] == [("T", "正确"), ("F", "错误")]
