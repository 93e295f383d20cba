"""The whole life of a class in the database, by a machine that tries everything at any time (K5, K12, K13, K27)."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from bus.tables import outbox
from chassis.errors import Failure
from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.actions.prepare_opening import prepare_opening
from classroom.classes.actions.record_counts import record_counts
from classroom.classes.actions.store_bill import store_bill
from classroom.classes.actions.store_quote import store_quote
from classroom.classes.actions.submit_opening import submit_opening
from classroom.classes.actions.withdraw_application import withdraw_graduation, withdraw_opening
from classroom.classes.models import Application
from classroom.classes.queries.find_applications import pending_application
from classroom.study.models import StudyClass
from classroom.testing import a_ready_class, approve, bill_for, quote_for, reject
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

NOTHING = "nothing"
"""The model: (class state, where its pending application stands) → deed → the same afterwards."""
MANUAL = {
    ("draft", NOTHING): {"prepare": ("draft", "prepared")},
    ("draft", "prepared"): {
        "prepare": ("draft", "prepared"),
        "quote": ("draft", "priced"),
        "withdraw": ("draft", NOTHING),
    },
    ("draft", "priced"): {
        "prepare": ("draft", "prepared"),
        "quote": ("draft", "priced"),
        "submit": ("opening_review", "first_review"),
        "withdraw": ("draft", NOTHING),
    },
    ("opening_review", "first_review"): {
        "manager_approves": ("opening_review", "second_review"),
        "manager_rejects": ("draft", NOTHING),
        "withdraw": ("draft", NOTHING),
    },
    ("opening_review", "second_review"): {
        "reviewer_approves": ("open", NOTHING),
        "reviewer_rejects": ("draft", NOTHING),
    },
    ("open", NOTHING): {"apply": ("graduation_review", "counting")},
    ("graduation_review", "counting"): {
        "count": ("graduation_review", "billing"),
        "withdraw": ("open", NOTHING),
    },
    ("graduation_review", "billing"): {
        "bill": ("graduation_review", "first_review"),
        "withdraw": ("open", NOTHING),
    },
    ("graduation_review", "first_review"): {
        "manager_approves": ("graduation_review", "second_review"),
        "manager_rejects": ("open", NOTHING),
        "withdraw": ("open", NOTHING),
    },
    ("graduation_review", "second_review"): {
        "reviewer_approves": ("graduated", NOTHING),
        "reviewer_rejects": ("open", NOTHING),
    },
    ("graduated", NOTHING): {},
}
REOPENING = {"withdraw", "manager_rejects", "reviewer_rejects"}


def machine(session: Any, world: Any, now: Any) -> type[RuleBasedStateMachine]:  # noqa: C901 - many rules, none deep
    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.outer = session.begin_nested()
            self.made = a_ready_class(session, world, now=now)
            self.at = ("draft", NOTHING)
            self.epoch = 1

        def teardown(self) -> None:
            self.outer.rollback()
            session.expire_all()

        def deed(self, name: str, call: Any) -> None:
            expected = MANUAL[self.at].get(name)
            try:
                with session.begin_nested():
                    call()
                    session.flush()
            except Failure:
                assert expected is None, f"{name} at {self.at} should have been possible"
                session.expire_all()
                return
            assert expected is not None, f"{name} at {self.at} should have been refused"
            if name in REOPENING and expected == ("open", NOTHING):
                self.epoch += 1
            self.at = expected

        @property
        def pending(self) -> Any:
            found = pending_application(session, class_id=self.made.id)
            if found is not None:
                return found
            newest = sa.select(Application).where(Application.class_id == self.made.id)
            found = session.scalar(newest.order_by(Application.id.desc()).limit(1))
            if found is None:
                raise Failure
            return found

        def about(self, who: Any) -> dict[str, Any]:
            return {"actor": who, "class_id": self.made.id, "now": now}

        @rule()
        def prepare(self) -> None:
            self.deed(
                "prepare", lambda: prepare_opening(session, **self.about(world.teacher), waiver_reason=None)
            )

        @rule()
        def quote(self) -> None:
            self.deed(
                "quote",
                lambda: store_quote(
                    session,
                    application_id=self.pending.id,
                    quote=quote_for(world, self.pending),
                    now=now,
                ),
            )

        @rule()
        def submit(self) -> None:
            self.deed(
                "submit",
                lambda: submit_opening(
                    session, actor=world.business, application_id=self.pending.id, version=None, now=now
                ),
            )

        @rule()
        def withdraw(self) -> None:
            def call() -> None:
                kind = withdraw_opening if self.pending.kind == "opening" else withdraw_graduation
                kind(session, actor=world.business, application_id=self.pending.id, now=now)

            self.deed("withdraw", call)

        @rule()
        def manager_approves(self) -> None:
            self.deed("manager_approves", lambda: approve(session, world.manager, self.pending, now=now))

        @rule()
        def manager_rejects(self) -> None:
            self.deed("manager_rejects", lambda: reject(session, world.manager, self.pending, now=now))

        @rule()
        def reviewer_approves(self) -> None:
            self.deed("reviewer_approves", lambda: approve(session, world.reviewer, self.pending, now=now))

        @rule()
        def reviewer_rejects(self) -> None:
            self.deed("reviewer_rejects", lambda: reject(session, world.reviewer, self.pending, now=now))

        @rule()
        def apply(self) -> None:
            self.deed("apply", lambda: apply_graduation(session, **self.about(world.business), version=None))

        @rule()
        def count(self) -> None:
            self.deed(
                "count",
                lambda: record_counts(
                    session,
                    class_id=self.made.id,
                    epoch=self.epoch,
                    joined_count=1,
                    finished_count=1,
                    now=now,
                ),
            )

        @rule()
        def bill(self) -> None:
            self.deed(
                "bill",
                lambda: store_bill(
                    session, application_id=self.pending.id, bill=bill_for(self.pending), now=now
                ),
            )

        @invariant()
        def the_class_stands_where_the_manual_says(self) -> None:
            session.expire_all()
            assert self.made.state == self.at[0]
            assert self.made.epoch == self.epoch
            pending = pending_application(session, class_id=self.made.id)
            where = NOTHING if pending is None else pending.state
            if pending is not None and pending.state == "prepared" and pending.quote == "priced":
                where = "priced"
            assert where == self.at[1]

        @invariant()
        def study_is_open_exactly_when_the_class_is(self) -> None:
            study = session.get(StudyClass, self.made.id)
            if study is None:
                assert self.made.state in {"draft", "opening_review"}
                return
            assert (study.state == "open") == (self.made.state == "open")
            assert study.epoch == self.made.epoch

        @invariant()
        def the_others_have_heard_the_present_state(self) -> None:
            select = sa.select(outbox.c.body).where(
                outbox.c.type == "classroom.class.changed.v1", outbox.c.aggregate_id == self.made.id
            )
            bodies = list(session.scalars(select.order_by(outbox.c.id)))
            heard = json.loads(bodies[-1])["data"]["state"] if bodies else "draft"
            assert heard == self.made.state

    return Life


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_nothing_but_what_the_manual_allows_ever_happens_to_a_class(session, world, clock):
    run_state_machine_as_test(
        machine(session, world, clock.now),
        settings=settings(
            max_examples=20,
            stateful_step_count=40,
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a life takes minutes
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
