import pytest
from exam.rules.presentation import freeze_order, to_bank, to_shown
from exam.rules.questions import QuestionKind
from hypothesis import given
from hypothesis import strategies as st

SINGLE, MULTIPLE, JUDGE = QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE, QuestionKind.TRUE_FALSE
PAPER = [(f"q{index}", SINGLE, "ABCD") for index in range(20)] + [("j", JUDGE, "TF")]


def frozen(*, questions: bool = True, options: bool = True, seed: int = 7) -> list:
    return freeze_order(questions=PAPER, shuffle_questions=questions, shuffle_options=options, seed=seed)


def test_without_shuffling_everybody_sees_the_papers_own_order() -> None:
    assert [shown.question_id for shown in frozen(questions=False)] == [question for question, _, _ in PAPER]
    assert all("".join(shown.options) in ("ABCD", "TF") for shown in frozen(options=False))


def test_two_learners_see_different_orders_of_the_same_questions() -> None:
    one, other = frozen(seed=1), frozen(seed=2)
    assert one != other
    assert sorted(shown.question_id for shown in one) == sorted(shown.question_id for shown in other)


def test_one_seed_gives_one_order() -> None:
    assert frozen(seed=3) == frozen(seed=3)


def test_true_and_false_stay_where_they_are() -> None:
    for seed in range(30):
        judged = next(shown for shown in frozen(seed=seed) if shown.question_id == "j")
        assert judged.options == ("T", "F")


@given(options=st.permutations("ABCDEF"), chosen=st.sets(st.sampled_from("ABCDEF")))
def test_letters_shown_and_keys_of_the_bank_translate_both_ways(options: list[str], chosen: set[str]) -> None:
    keys = sorted(chosen)
    letters = to_shown(kind=MULTIPLE, options=options, keys=keys)
    assert to_bank(kind=MULTIPLE, options=options, letters=letters) == keys


def test_the_letter_follows_the_place_and_not_the_bank() -> None:
    assert to_shown(kind=SINGLE, options="CAB", keys=["A"]) == ["B"]
    assert to_bank(kind=SINGLE, options="CAB", letters=["A"]) == ["C"]


def test_a_letter_that_was_not_shown_is_an_error() -> None:
    with pytest.raises(KeyError):
        to_bank(kind=SINGLE, options="AB", letters=["C"])
