"""办理开班: prepare, quote, submit, two reviews (K12–K14)."""

import pytest
import sqlalchemy as sa
from chassis.errors import Failure
from chassis.ids import new_id
from classroom.classes.actions.prepare_opening import prepare_opening
from classroom.classes.actions.save_courses import save_courses
from classroom.classes.actions.store_quote import store_quote
from classroom.classes.actions.submit_opening import submit_opening
from classroom.classes.models import KnownProvider
from classroom.classes.rules.applications import Stage
from classroom.roster.actions.delete_enrolment import delete_enrolment
from classroom.roster.models import Enrolment
from classroom.testing import (
    a_draft,
    a_ready_class,
    an_open_class,
    approve,
    courses,
    prepared,
    quote_for,
    reject,
    staff_member,
    submitted,
)


def code_of(call) -> str:
    with pytest.raises(Failure) as caught:
        call()
    return caught.value.code


def test_a_bare_draft_lists_everything_that_is_missing(session, world, clock):
    draft = a_draft(session, world, now=clock.now)
    with pytest.raises(Failure) as caught:
        prepare_opening(session, actor=world.teacher, class_id=draft.id, waiver_reason=None, now=clock.now)
    assert caught.value.code == "classroom.opening.settings_incomplete"
    assert {each.field for each in caught.value.fields} == {"/courses", "/supervision", "/roster"}


def test_what_was_taken_away_after_preparing_is_missed_when_it_is_submitted(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=clock.now)
    enrolment = session.scalars(sa.select(Enrolment)).one()
    delete_enrolment(
        session, actor=world.registrar, class_id=made.id, enrolment_id=enrolment.id, now=clock.now
    )
    clock.advance(days=31)
    with pytest.raises(Failure) as caught:
        submit_opening(
            session, actor=world.business, application_id=application.id, version=None, now=clock.now
        )
    assert caught.value.code == "classroom.opening.settings_incomplete"
    assert {each.field for each in caught.value.fields} == {"/roster", "/end_day"}


def test_a_package_with_an_exam_needs_its_window(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    said = courses(world, training_class=made, exam=None)
    save_courses(
        session, actor=world.registrar, class_id=made.id, version=made.version, courses=said, now=clock.now
    )
    with pytest.raises(Failure) as caught:
        prepared(session, world, made, now=clock.now)
    assert {each.field for each in caught.value.fields} == {"/courses/exam"}


def test_a_class_is_its_dealers_who_gave_the_price_from_the_submission_on(session, world, clock, announced):
    made = a_ready_class(session, world, now=clock.now)
    session.get(KnownProvider, world.provider_id).dealer_id = another = new_id()
    application = prepared(session, world, made, now=clock.now)
    quote = quote_for(world, application, dealer_id=another)
    store_quote(session, application_id=application.id, quote=quote, now=clock.now)
    submit_opening(session, actor=world.business, application_id=application.id, version=None, now=clock.now)
    assert announced("classroom.class.changed.v1")[-1]["dealer_id"] == str(another)
    assert code_of(lambda: approve(session, world.manager, application, now=clock.now)).endswith("not_found")
    theirs = staff_member("新经理", "account_manager", dealer_id=another)
    assert approve(session, theirs, application, now=clock.now).state == "second_review"


def test_preparing_asks_billing_for_a_quote(session, world, clock, announced):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    assert (application.state, application.quote) == ("prepared", "pending")
    assert announced("classroom.opening.prepared.v1") == [
        {
            "application_id": str(application.id),
            "class_id": str(made.id),
            "provider_id": str(world.provider_id),
            "planned_headcount": 11,
            "waiver_asked": False,
        }
    ]


def test_nothing_is_submitted_without_a_price(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)

    def submit():
        submit_opening(
            session, actor=world.business, application_id=application.id, version=None, now=clock.now
        )

    assert code_of(submit) == "classroom.opening.quote_pending"
    nothing = quote_for(
        world, application, priced=False, agreement_id=None, per_head_fee_fen=None, amount_fen=None
    )
    store_quote(session, application_id=application.id, quote=nothing, now=clock.now)
    assert code_of(submit) == "classroom.opening.no_price"


def test_a_quote_of_a_dealer_whom_the_provider_has_left_is_stale(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=clock.now)
    session.get(KnownProvider, world.provider_id).dealer_id = new_id()
    session.flush()

    def submit():
        submit_opening(
            session, actor=world.business, application_id=application.id, version=None, now=clock.now
        )

    assert code_of(submit) == "classroom.opening.quote_stale"


def test_a_quote_for_another_headcount_is_stale(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = prepared(session, world, made, now=clock.now)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=clock.now)
    made.planned_headcount = 12
    session.flush()

    def submit():
        submit_opening(
            session, actor=world.business, application_id=application.id, version=None, now=clock.now
        )

    assert code_of(submit) == "classroom.opening.quote_stale"


def test_preparing_again_replaces_what_was_not_submitted(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    first = prepared(session, world, made, now=clock.now)
    second = prepared(session, world, made, now=clock.now, waiver="公益培训")
    assert first.state == "replaced"
    assert (second.waiver_asked, second.waiver_reason) == (True, "公益培训")
    late = quote_for(world, first)
    assert (
        code_of(lambda: store_quote(session, application_id=first.id, quote=late, now=clock.now))
        == "classroom.application.wrong_state"
    )


def test_after_both_approvals_the_class_is_open_with_its_password(session, world, clock, announced):
    made = an_open_class(session, world, now=clock.now, people=2)
    assert made.state == "open"
    assert made.class_password.isdecimal()
    assert len(made.class_password) == 6
    (opened,) = announced("classroom.class.opened.v1")
    assert opened["per_head_fee_fen"] == 7500
    assert opened["agreement_id"] == str(world.agreement_id)
    assert opened["dealer_id"] == str(world.dealer_id)
    assert [(line["stage"], line["decision"]) for line in opened["review_log"]] == [
        ("first", "approved"),
        ("second", "approved"),
    ]
    changed = announced("classroom.class.changed.v1")
    assert [each["state"] for each in changed] == ["opening_review", "open"]
    assert changed[-1]["exam"]["seconds"] == 900
    assert changed[-1]["supervision"]["check_in"] == "once"
    assert set(changed[-1]["teachers"]) == {str(world.teacher.account_id), str(world.assistant.account_id)}
    assert len(announced("classroom.enrolment.changed.v1")) == 2


def test_a_rejection_goes_back_to_draft_and_can_be_applied_for_again(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    reject(session, world.manager, application, now=clock.now)
    assert (made.state, application.state) == ("draft", "rejected")
    again = submitted(session, world, made, now=clock.now)
    assert made.state == "opening_review"
    assert again.id != application.id


def test_nobody_decides_both_stages_or_their_own_application(session, world, clock):
    from dataclasses import replace

    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    both = replace(world.manager, roles=frozenset({"account_manager", "platform_reviewer"}))
    approve(session, both, application, now=clock.now)
    assert (
        code_of(lambda: approve(session, both, application, now=clock.now))
        == "classroom.application.both_stages"
    )
    own = replace(world.teacher, roles=frozenset({"platform_reviewer"}))
    assert code_of(lambda: approve(session, own, application, now=clock.now)) == "classroom.application.own"


def test_the_second_of_two_first_reviews_is_told_that_it_is_decided(session, world, clock):
    made = a_ready_class(session, world, now=clock.now)
    application = submitted(session, world, made, now=clock.now)
    approve(session, world.manager, application, now=clock.now)
    assert (
        code_of(lambda: approve(session, world.manager2, application, now=clock.now))
        == "classroom.application.already_decided"
    )
    assert (
        code_of(lambda: approve(session, world.manager2, application, now=clock.now, stage=Stage.FIRST))
        == "classroom.application.already_decided"
    )
