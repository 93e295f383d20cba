"""When right answers may be seen (E6), as a table."""

from datetime import UTC, datetime

import pytest
from exam.rules.answer_release import AnswersShown, OpenExam, Release, Withheld, release_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENING = datetime(2026, 3, 2, 18, tzinfo=UTC)


def exam(answers_shown: AnswersShown, *, left: int, closes_at: datetime = NOON) -> OpenExam:
    return OpenExam(closes_at=closes_at, attempts_left=left, answers_shown=answers_shown)


@pytest.mark.parametrize(
    ("open_exams", "repeatable_until", "is_running", "withheld", "at"),
    [
        ([], None, False, None, None),
        ([], None, True, Withheld.RUNNING, None),
        ([exam(AnswersShown.AFTER_WINDOW, left=2)], None, False, Withheld.WINDOW_OPEN, NOON),
        ([exam(AnswersShown.AFTER_WINDOW, left=0)], None, False, Withheld.WINDOW_OPEN, NOON),
        ([exam(AnswersShown.AFTER_ATTEMPTS, left=1)], None, True, Withheld.ATTEMPTS_LEFT, NOON),
        ([exam(AnswersShown.AFTER_ATTEMPTS, left=0)], None, False, None, None),
        ([exam(AnswersShown.AFTER_ATTEMPTS, left=0)], None, True, Withheld.RUNNING, None),
        ([], EVENING, False, Withheld.REPEATABLE, EVENING),
        ([exam(AnswersShown.AFTER_WINDOW, left=0)], EVENING, False, Withheld.REPEATABLE, EVENING),
        (
            [
                exam(AnswersShown.AFTER_ATTEMPTS, left=0, closes_at=EVENING),
                exam(AnswersShown.AFTER_WINDOW, left=0),
            ],
            None,
            False,
            Withheld.WINDOW_OPEN,
            NOON,
        ),
    ],
)
def test_release_waits_for_the_last_exam_that_can_still_ask(
    open_exams, repeatable_until, is_running, withheld, at
) -> None:
    found = release_of(open_exams=open_exams, repeatable_until=repeatable_until, is_running=is_running)
    assert found == Release(withheld=withheld, at=at)
    assert found.is_open is (withheld is None)
