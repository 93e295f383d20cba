"""Who may decide what (K13), as a table, and what else stands in an application's way."""

from __future__ import annotations

import pytest
from chassis.errors import Failure
from chassis.ids import new_id
from classroom.classes.rules.applications import (
    ApplicationState,
    Decision,
    Stage,
    after_decision,
    require_withdrawable,
)
from classroom.classes.rules.passwords import draw_password
from classroom.classes.rules.refunds import require_refund
from classroom.classes.rules.reviews import (
    ApplicationFacts,
    Reviewer,
    require_reason,
    require_reviewer,
)

ME, OTHER = new_id(), new_id()
MANAGER, PLATFORM = frozenset({"account_manager"}), frozenset({"platform_reviewer"})
S, F, B = ApplicationState, Stage.FIRST, Stage.SECOND


def verdict(state, roles, *, asked=None, dealer=True, applicants=(), first=None):
    reviewer = Reviewer(account_id=ME, roles=roles, reviews_dealer=dealer)
    facts = ApplicationFacts(state=state, applicants=frozenset(applicants), first_reviewer=first)
    try:
        return require_reviewer(reviewer=reviewer, application=facts, asked=asked)
    except Failure as failure:
        return failure.code.rpartition(".")[2]


@pytest.mark.parametrize(
    ("state", "roles", "more", "expected"),
    [
        (S.FIRST_REVIEW, MANAGER, {}, F),
        (S.FIRST_REVIEW, MANAGER, {"asked": F}, F),
        (S.FIRST_REVIEW, MANAGER, {"dealer": False}, "not_your_review"),
        (S.FIRST_REVIEW, PLATFORM, {}, "not_your_review"),
        (S.FIRST_REVIEW, MANAGER, {"applicants": [ME]}, "own"),
        (S.SECOND_REVIEW, PLATFORM, {"first": OTHER}, B),
        (S.SECOND_REVIEW, PLATFORM | MANAGER, {"first": OTHER}, B),
        (S.SECOND_REVIEW, PLATFORM | MANAGER, {"first": ME}, "both_stages"),
        (S.SECOND_REVIEW, PLATFORM, {"first": OTHER, "applicants": [ME]}, "own"),
        (S.SECOND_REVIEW, MANAGER, {"first": OTHER}, "already_decided"),
        (S.SECOND_REVIEW, PLATFORM | MANAGER, {"first": OTHER, "asked": F}, "already_decided"),
        (S.FIRST_REVIEW, PLATFORM, {"asked": B}, "wrong_state"),
        (S.APPROVED, PLATFORM, {"first": OTHER, "asked": B}, "already_decided"),
        (S.REJECTED, MANAGER, {"first": OTHER}, "already_decided"),
        (S.COUNTING, MANAGER, {}, "wrong_state"),
        (S.BILLING, MANAGER, {}, "wrong_state"),
        (S.WITHDRAWN, MANAGER, {}, "wrong_state"),
    ],
)
def test_a_review_belongs_to_one_role_and_nobody_reviews_twice_or_their_own(state, roles, more, expected):
    assert verdict(state, roles, **more) == expected


def test_only_an_approval_goes_on():
    assert after_decision(stage=F, decision=Decision.APPROVED) is S.SECOND_REVIEW
    assert after_decision(stage=B, decision=Decision.APPROVED) is S.APPROVED
    assert after_decision(stage=F, decision=Decision.REJECTED) is S.REJECTED
    assert after_decision(stage=B, decision=Decision.REJECTED) is S.REJECTED


def test_a_rejection_needs_a_reason():
    require_reason(decision=Decision.APPROVED, reason="")
    with pytest.raises(Failure):
        require_reason(decision=Decision.REJECTED, reason="")


@pytest.mark.parametrize("state", list(S))
def test_it_can_be_withdrawn_before_the_first_decision_only(state):
    if state in {S.COUNTING, S.BILLING, S.FIRST_REVIEW}:
        require_withdrawable(state=state)
        return
    with pytest.raises(Failure) as caught:
        require_withdrawable(state=state)
    late = state is S.SECOND_REVIEW
    assert caught.value.code == f"classroom.application.{'withdrawn_too_late' if late else 'wrong_state'}"


def test_a_refund_is_never_more_than_its_limit():
    require_refund(refund_fen=100, limit_fen=100)
    with pytest.raises(Failure):
        require_refund(refund_fen=101, limit_fen=100)


def test_a_class_password_is_six_digits():
    drawn = {draw_password() for _ in range(200)}
    assert all(len(each) == 6 and each.isdecimal() for each in drawn)
    assert len(drawn) > 150
