"""办理结业: close, count, bill, two reviews (K27–K29)."""

import pytest
from chassis.errors import Failure
from classroom.classes.actions.apply_graduation import apply_graduation
from classroom.classes.actions.ask_refund import ask_refund
from classroom.classes.actions.record_counts import record_counts
from classroom.classes.actions.store_bill import store_bill
from classroom.classes.actions.withdraw_application import withdraw_graduation
from classroom.classes.rules.applications import Stage
from classroom.study.models import StudyClass
from classroom.testing import a_graduation, an_open_class, approve, bill_for, reject


def code_of(call) -> str:
    with pytest.raises(Failure) as caught:
        call()
    return caught.value.code


@pytest.fixture
def opened(session, world, clock):
    return an_open_class(session, world, now=clock.now)


@pytest.fixture
def applied(session, world, opened, clock):
    return apply_graduation(session, actor=world.business, class_id=opened.id, version=None, now=clock.now)


def count(session, applied, clock, *, epoch=None, joined=2, finished=1):
    return record_counts(
        session,
        class_id=applied.class_id,
        epoch=applied.epoch if epoch is None else epoch,
        joined_count=joined,
        finished_count=finished,
        now=clock.now,
    )


def test_applying_closes_study_and_asks_exam_to_close(session, opened, applied, announced):
    assert (opened.state, applied.state) == ("graduation_review", "counting")
    assert session.get(StudyClass, opened.id).state == "closed"
    (closing,) = announced("classroom.class.closing.v1")
    assert (closing["class_id"], closing["epoch"]) == (str(opened.id), 1)


def test_only_an_open_class_graduates_and_only_once(session, world, opened, applied, clock):
    def again():
        apply_graduation(session, actor=world.business, class_id=opened.id, version=None, now=clock.now)

    assert code_of(again) == "classroom.class.wrong_state"


def test_counts_are_frozen_and_told_to_billing(session, applied, clock, announced):
    count(session, applied, clock)
    assert (applied.state, applied.joined_count, applied.finished_count) == ("billing", 2, 1)
    (counted,) = announced("classroom.graduation.counted.v1")
    assert (counted["application_id"], counted["joined_count"], counted["finished_count"]) == (
        str(applied.id),
        2,
        1,
    )
    assert code_of(lambda: count(session, applied, clock, joined=3)) == "classroom.graduation.stale_epoch"
    assert applied.joined_count == 2


def test_counts_of_another_epoch_are_refused(session, applied, clock):
    assert code_of(lambda: count(session, applied, clock, epoch=7)) == "classroom.graduation.stale_epoch"


def test_more_finished_than_joined_is_never_frozen(session, applied, clock):
    refused = code_of(lambda: count(session, applied, clock, joined=1, finished=2))
    assert refused == "classroom.graduation.counts_wrong"


def test_no_review_before_the_bill(session, world, applied, clock):
    def first():
        approve(session, world.manager, applied, now=clock.now)

    assert code_of(first) == "classroom.application.wrong_state"
    count(session, applied, clock)
    assert code_of(first) == "classroom.application.wrong_state"
    store_bill(session, application_id=applied.id, bill=bill_for(applied), now=clock.now)
    first()
    assert applied.state == "second_review"


def test_a_bill_for_other_counts_is_refused(session, applied, clock):
    count(session, applied, clock)
    other = bill_for(applied, joined_count=3)
    refused = code_of(lambda: store_bill(session, application_id=applied.id, bill=other, now=clock.now))
    assert refused == "classroom.graduation.stale_epoch"


def test_after_both_approvals_the_class_is_graduated(session, world, opened, clock, announced):
    application = a_graduation(session, world, opened, now=clock.now, joined=2, finished=1)
    approve(session, world.manager, application, now=clock.now)
    approve(session, world.reviewer, application, now=clock.now)
    assert opened.state == "graduated"
    assert opened.graduated_at == clock.now
    (graduated,) = announced("classroom.class.graduated.v1")
    assert (graduated["joined_count"], graduated["finished_count"], graduated["refund_fen"]) == (2, 1, 0)
    assert [(line["kind"], line["stage"]) for line in graduated["review_log"]] == [
        ("opening", "first"),
        ("opening", "second"),
        ("graduation", "first"),
        ("graduation", "second"),
    ]


@pytest.mark.parametrize("how", ["withdrawn", "rejected first", "rejected second"])
def test_a_graduation_that_fails_opens_all_of_it_again_under_a_new_epoch(session, world, opened, clock, how):
    application = a_graduation(session, world, opened, now=clock.now)
    if how == "withdrawn":
        withdraw_graduation(session, actor=world.business, application_id=application.id, now=clock.now)
    else:
        if how == "rejected second":
            approve(session, world.manager, application, now=clock.now)
        reject(session, world.reviewer if "second" in how else world.manager, application, now=clock.now)
    assert (opened.state, opened.epoch) == ("open", 2)
    study = session.get(StudyClass, opened.id)
    assert (study.state, study.epoch) == ("open", 2)
    again = a_graduation(session, world, opened, now=clock.now, joined=2, finished=2)
    assert (again.epoch, again.state) == (2, "first_review")


def test_after_the_first_decision_it_cannot_be_withdrawn(session, world, opened, clock):
    application = a_graduation(session, world, opened, now=clock.now)
    approve(session, world.manager, application, now=clock.now)

    def withdraw():
        withdraw_graduation(session, actor=world.business, application_id=application.id, now=clock.now)

    assert code_of(withdraw) == "classroom.application.withdrawn_too_late"


def ask(session, world, application, clock, fen):
    return ask_refund(
        session,
        actor=world.business,
        application_id=application.id,
        version=application.version,
        refund_fen=fen,
        reason="设备故障",
        now=clock.now,
    )


def test_a_refund_is_asked_up_to_the_bill_and_fixed_by_the_second_review(
    session, world, opened, clock, announced
):
    application = a_graduation(session, world, opened, now=clock.now, joined=2)
    assert code_of(lambda: ask(session, world, application, clock, 15001)) == (
        "classroom.graduation.refund_too_high"
    )
    ask(session, world, application, clock, 6000)
    approve(session, world.manager, application, now=clock.now, stage=Stage.FIRST)

    def grant(fen):
        approve(session, world.reviewer, application, now=clock.now, stage=Stage.SECOND, refund_fen=fen)

    with session.begin_nested() as savepoint:
        assert code_of(lambda: grant(6001)) == "classroom.graduation.refund_too_high"
        savepoint.rollback()
    grant(5000)
    assert announced("classroom.class.graduated.v1")[0]["refund_fen"] == 5000
