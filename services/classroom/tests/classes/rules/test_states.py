"""The life of a class, by a machine that knows only the manual (K5)."""

from __future__ import annotations

import pytest
from classroom.classes.rules.states import (
    TRANSITIONS,
    Audited,
    ClassState,
    Step,
    WrongClassState,
    after,
    audited,
)
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

MANUAL = {
    "draft": {"submit_opening": "opening_review"},
    "opening_review": {"refuse_opening": "draft", "withdraw_opening": "draft", "open": "open"},
    "open": {"apply_graduation": "graduation_review"},
    "graduation_review": {
        "refuse_graduation": "open",
        "withdraw_graduation": "open",
        "graduate": "graduated",
    },
    "graduated": {},
}
"""K5, written down a second time."""


class ClassLife(RuleBasedStateMachine):
    """Any step at any time: only what the manual says may happen, and nothing else changes."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ClassState.DRAFT
        self.was_open = False

    @rule(step=st.sampled_from(list(Step)))
    def take(self, step: Step) -> None:
        allowed = MANUAL[self.state.value].get(step.value)
        if allowed is None:
            with pytest.raises(WrongClassState):
                after(state=self.state, step=step)
            return
        self.state = after(state=self.state, step=step)
        assert self.state.value == allowed
        self.was_open = self.was_open or self.state is ClassState.OPEN

    @invariant()
    def an_opened_class_never_becomes_a_draft_again(self) -> None:
        assert not (self.was_open and self.state in {ClassState.DRAFT, ClassState.OPENING_REVIEW})

    @invariant()
    def the_list_says_whether_the_opening_was_reviewed(self) -> None:
        assert (audited(state=self.state) is Audited.YES) == self.was_open


TestClassLife = ClassLife.TestCase
TestClassLife.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)


def test_the_table_has_every_step_of_the_manual_and_no_other() -> None:
    ours = {(state.value, step.value): to.value for (state, step), to in TRANSITIONS.items()}
    theirs = {(state, step): to for state, steps in MANUAL.items() for step, to in steps.items()}
    assert ours == theirs
