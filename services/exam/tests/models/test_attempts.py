import pytest
from chassis.ids import new_id
from exam.models import Attempt
from exam.testing import published_paper
from sqlalchemy.exc import IntegrityError


def attempt(paper, clock, **changes) -> Attempt:
    target = new_id()
    said = {
        "id": new_id(),
        "class_id": target,
        "enrolment_id": new_id(),
        "account_id": new_id(),
        "provider_id": new_id(),
        "kind": "exam",
        "target_id": target,
        "item_id": None,
        "paper_version_id": paper.id,
        "number": 1,
        "attempts_allowed": 3,
        "epoch": 1,
        "question_order": [],
        "total_score": 100,
        "pass_score": 60,
        "seconds": 900,
        "started_at": clock.now,
    }
    return Attempt(**{**said, **changes})


def handed_in(clock, score: int = 10) -> dict:
    return {"handed_in_at": clock.now, "score": score, "passed": False, "ended_by": "learner"}


def refused(session, *attempts: Attempt) -> None:
    session.add_all(attempts)
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_a_learner_has_one_running_attempt_per_exam(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    one = attempt(paper, clock)
    refused(
        session, one, attempt(paper, clock, enrolment_id=one.enrolment_id, target_id=one.target_id, number=2)
    )


def test_a_number_is_used_once(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    one = attempt(paper, clock, **handed_in(clock))
    refused(session, one, attempt(paper, clock, enrolment_id=one.enrolment_id, target_id=one.target_id))


def test_an_exam_never_has_more_attempts_than_allowed(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    refused(session, attempt(paper, clock, number=4))


def test_two_mock_exams_never_run_at_once(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    mock = {"kind": "mock_exam", "attempts_allowed": None}
    one = attempt(paper, clock, item_id=new_id(), **mock)
    refused(session, one, attempt(paper, clock, enrolment_id=one.enrolment_id, item_id=new_id(), **mock))


@pytest.mark.parametrize(
    "broken",
    [
        {"score": 10},
        {"passed": True},
        {"ended_by": "learner"},
        {"kind": "quiz"},
        {"number": 0},
        {"attempts_allowed": None},
        {"kind": "exercise"},
        {"item_id": new_id()},
    ],
)
def test_half_an_attempt_is_refused(session, clock, broken) -> None:
    paper = published_paper(session, now=clock.now)
    refused(session, attempt(paper, clock, **broken))


def test_a_score_stays_within_its_paper(session, clock) -> None:
    paper = published_paper(session, now=clock.now)
    refused(session, attempt(paper, clock, **handed_in(clock, score=101)))
