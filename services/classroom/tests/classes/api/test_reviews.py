"""Applications and reviews over HTTP (K12, K13, K27–K29)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from chassis.clock import shanghai_day
from chassis.ids import new_id
from classroom.classes.actions.store_quote import store_quote
from classroom.testing import a_graduation, a_ready_class, an_open_class, quote_for, staff_member, submitted

API = "/api/v1/classroom"


@pytest.fixture
def made(session, world, clock):
    return a_ready_class(session, world, now=clock.now)


def prepare(client, world, made, **body):
    return client.as_(world.teacher).post(f"{API}/classes/{made.id}/openings", json=body)


def quote(session, world, application_id, clock):
    from classroom.classes.models import Application

    application = session.get(Application, application_id)
    store_quote(session, application_id=application.id, quote=quote_for(world, application), now=clock.now)


def decide(caller, application_id, **body):
    return caller.post(
        f"{API}/applications/{application_id}/decisions", json={"decision": "approved", **body}
    )


def test_an_opening_from_prepare_to_open(session, client, world, made, clock):
    prepared = prepare(client, world, made, waiver_reason="公益培训")
    assert prepared.status_code == 201, prepared.json
    assert (prepared.json["quote"], prepared.json["amount"]) == ("pending", None)
    path = f"{API}/openings/{prepared.json['id']}"
    business = client.as_(world.business)
    waiting = business.post(f"{path}/submission")
    assert (waiting.status_code, waiting.json["code"]) == (409, "classroom.opening.quote_pending")
    assert waiting.headers["Retry-After"]
    quote(session, world, made_id(prepared), clock)
    priced = business.get(path).json
    assert (priced["quote"], priced["per_head_fee"], priced["amount"]) == ("priced", "75.00", "825.00")
    assert priced["waiver_reason"] == "公益培训"
    assert client.as_(world.teacher).post(f"{path}/submission").status_code == 403
    assert business.post(f"{path}/submission").json["state"] == "first_review"
    first = decide(client.as_(world.manager), prepared.json["id"], opinion="审核通过", stage="first")
    assert first.status_code == 201, first.json
    assert first.json["state"] == "second_review"
    second = decide(client.as_(world.reviewer), prepared.json["id"], stage="second")
    assert second.json["state"] == "approved"
    seen = client.as_(world.teacher).get(f"{API}/classes/{made.id}").json
    assert seen["state"] == "open"
    log = client.as_(world.teacher).get(f"{API}/classes/{made.id}/review-log").json["items"]
    assert [(each["stage"], each["reviewer_name"]) for each in log] == [
        ("first", "王经理"),
        ("second", "平台审核"),
    ]


def made_id(answer):
    import uuid

    return uuid.UUID(answer.json["id"])


def test_a_rejection_needs_its_reason(session, client, world, made, clock):
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    client.as_(world.business).post(f"{API}/openings/{prepared.json['id']}/submission")
    manager = client.as_(world.manager)
    answer = decide(manager, prepared.json["id"], decision="rejected")
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.application.reason_missing")
    rejected = decide(manager, prepared.json["id"], decision="rejected", reason="名单不全")
    assert rejected.json["state"] == "rejected"
    again = decide(manager, prepared.json["id"])
    assert (again.status_code, again.json["code"]) == (409, "classroom.application.already_decided")


def test_an_opening_is_withdrawn_before_the_first_decision(session, client, world, made, clock):
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    business = client.as_(world.business)
    business.post(f"{API}/openings/{prepared.json['id']}/submission")
    withdrawn = business.post(f"{API}/openings/{prepared.json['id']}/withdrawal")
    assert withdrawn.json["state"] == "withdrawn"
    assert business.get(f"{API}/classes/{made.id}").json["state"] == "draft"


def test_the_queue_shows_what_waits_for_me(session, client, world, made, clock):
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    client.as_(world.business).post(f"{API}/openings/{prepared.json['id']}/submission")

    def waiting(person):
        page = client.as_(person).get(f"{API}/applications", query_string={"waiting": "true"}).json
        return [each["class_info"]["name"] for each in page["items"]]

    assert waiting(world.manager) == [made.name]
    assert waiting(world.reviewer) == []
    decide(client.as_(world.manager), prepared.json["id"])
    assert waiting(world.manager) == []
    assert waiting(world.reviewer) == [made.name]
    all_of_it = client.as_(world.business).get(f"{API}/applications").json
    assert all_of_it["items"][0]["decisions"][0]["stage"] == "first"


def test_ones_own_application_does_not_wait_for_oneself(session, client, world, made, clock):
    both = staff_member(
        "两职",
        "business_manager",
        "account_manager",
        provider_id=world.provider_id,
        dealer_id=world.dealer_id,
    )
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    assert client.as_(both).post(f"{API}/openings/{prepared.json['id']}/submission").status_code == 200
    queue = f"{API}/applications?waiting=true"
    assert client.as_(both).get(queue).json["items"] == []
    assert len(client.as_(world.manager).get(queue).json["items"]) == 1
    refused = decide(client.as_(both), prepared.json["id"])
    assert (refused.status_code, refused.json["code"]) == (403, "classroom.application.own")


def test_another_dealers_manager_does_not_see_the_application(session, client, world, made, clock):
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    client.as_(world.business).post(f"{API}/openings/{prepared.json['id']}/submission")
    foreign = client.as_(staff_member("外人", "account_manager", dealer_id=new_id()))
    assert decide(foreign, prepared.json["id"]).status_code == 404
    assert foreign.get(f"{API}/applications/{prepared.json['id']}").status_code == 404
    assert foreign.get(f"{API}/classes/{made.id}").status_code == 404


def test_an_opening_whose_last_day_is_over_is_rejected_and_not_approved(session, client, world, made, clock):
    made.exam_closes_at = clock.now + timedelta(days=60)
    session.flush()
    application = submitted(session, world, made, now=clock.now)
    clock.advance(days=(made.end_day - shanghai_day(clock.now)).days)
    on_the_last_day = client.as_(world.manager).get(f"{API}/applications/{application.id}").json
    assert on_the_last_day["due_review"]["why_not_approve"] is None
    clock.advance(days=1)
    shown = client.as_(world.manager).get(f"{API}/applications/{application.id}").json["due_review"]
    assert (shown["may_decide"], shown["why_not_approve_code"]) == (True, "classroom.opening.days_over")
    late = decide(client.as_(world.manager), application.id, stage="first")
    assert (late.status_code, late.json["code"]) == (409, "classroom.opening.days_over")
    assert made.end_day.isoformat() in late.json["detail"]
    rejected = decide(
        client.as_(world.manager), application.id, stage="first", decision="rejected", reason="已过期"
    )
    assert (rejected.status_code, rejected.json["state"]) == (201, "rejected")


def test_the_second_review_too_approves_no_opening_whose_last_day_is_over(
    session, client, world, made, clock
):
    application = submitted(session, world, made, now=clock.now)
    assert decide(client.as_(world.manager), application.id, stage="first").status_code == 201
    clock.advance(days=(made.end_day - shanghai_day(clock.now)).days + 1)
    late = decide(client.as_(world.reviewer), application.id, stage="second")
    assert (late.status_code, late.json["code"]) == (409, "classroom.opening.days_over")
    assert client.as_(world.teacher).get(f"{API}/classes/{made.id}").json["state"] == "opening_review"


def test_an_opening_whose_exam_is_over_is_neither_submitted_nor_approved(session, client, world, made, clock):
    application = submitted(session, world, made, now=clock.now)
    made.exam_opens_at, made.exam_closes_at = clock.now, clock.now + timedelta(hours=1)
    session.flush()
    clock.advance(hours=1)
    late = decide(client.as_(world.manager), application.id, stage="first")
    assert (late.status_code, late.json["code"]) == (409, "classroom.opening.days_over")
    back = client.as_(world.business).post(f"{API}/openings/{application.id}/withdrawal")
    assert back.status_code == 200, back.json
    again = prepare(client, world, made)
    assert (again.status_code, again.json["code"]) == (422, "classroom.opening.settings_incomplete")
    assert [each["field"] for each in again.json["errors"]] == ["/courses/exam/closes_at"]


def test_a_class_whose_first_day_has_passed_still_opens(session, client, world, made, clock):
    application = submitted(session, world, made, now=clock.now)
    clock.advance(days=(made.start_day - shanghai_day(clock.now)).days + 1)
    assert decide(client.as_(world.manager), application.id, stage="first").status_code == 201
    assert decide(client.as_(world.reviewer), application.id, stage="second").json["state"] == "approved"


def test_a_graduation_before_the_last_day_says_how_many_days_and_unfinished_learners_remain(
    session, client, world, clock
):
    opened = an_open_class(session, world, now=clock.now, people=2)
    days = (opened.end_day - shanghai_day(clock.now)).days
    business = client.as_(world.business)
    applied = business.post(f"{API}/classes/{opened.id}/graduations").json
    assert applied["early"]["days_left"] == days > 0
    assert (applied["early"]["unfinished"], applied["early"]["not_joined"]) == (2, 2)
    assert f"还有 {days} 天" in applied["early"]["message"]
    assert "2 名学员" in applied["early"]["message"]
    clock.advance(days=days)
    later = client.as_(world.reviewer).get(f"{API}/applications/{applied['id']}").json
    assert later["early"] == applied["early"]


def test_a_graduation_on_the_last_day_is_not_early(session, client, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    clock.advance(days=(opened.end_day - shanghai_day(clock.now)).days)
    business = client.as_(world.business)
    assert business.post(f"{API}/classes/{opened.id}/graduations").json["early"] is None


def test_a_draft_is_its_providers_own_affair(client, world, made):
    for person in (world.manager, world.reviewer):
        assert client.as_(person).get(f"{API}/classes/{made.id}").status_code == 404


def test_a_graduation_shows_the_bill_beside_the_openings_figures(session, client, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    applied = client.as_(world.business).post(f"{API}/classes/{opened.id}/graduations")
    assert applied.status_code == 201, applied.json
    assert (applied.json["state"], applied.json["opening"]["amount"]) == ("counting", "825.00")
    twice = client.as_(world.business).post(f"{API}/classes/{opened.id}/graduations")
    assert (twice.status_code, twice.json["code"]) == (409, "classroom.class.wrong_state")
    back = client.as_(world.business).post(f"{API}/graduations/{applied.json['id']}/withdrawal")
    assert back.json["state"] == "withdrawn"


def test_graduation_is_applied_for_on_the_class_as_it_was_read(session, client, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    business, path = client.as_(world.business), f"{API}/classes/{opened.id}"
    version = business.get(path).json["version"]
    old = business.post(f"{path}/graduations", headers={"If-Match": f'"v{version - 1}"'})
    assert (old.status_code, old.json["code"]) == (412, "edit.changed_meanwhile")
    applied = business.post(f"{path}/graduations", headers={"If-Match": f'"v{version}"'})
    assert (applied.status_code, applied.json["state"]) == (201, "counting")
    late = business.post(f"{path}/graduations", headers={"If-Match": f'"v{version}"'})
    assert (late.status_code, late.json["code"]) == (409, "classroom.class.wrong_state")


def test_a_refund_is_asked_for_and_granted(session, client, world, clock):
    opened = an_open_class(session, world, now=clock.now)
    application = a_graduation(session, world, opened, now=clock.now, joined=2)
    business = client.as_(world.business)
    path = f"{API}/graduations/{application.id}"
    seen = business.get(path).json
    assert (seen["billed_headcount"], seen["amount"]) == (2, "150.00")
    asked = business.put(
        f"{path}/refund",
        json={"refund": "60.00", "reason": "设备故障"},
        headers={"If-Match": f'"v{seen["version"]}"'},
    )
    assert (asked.status_code, asked.json["refund_asked"]) == (200, "60.00")
    decide(client.as_(world.manager), application.id)
    done = decide(client.as_(world.reviewer), application.id, refund="50.00")
    assert (done.json["state"], done.json["refund"]) == ("approved", "50.00")


@pytest.mark.parametrize(
    ("stage", "body"),
    [
        ("first", {"refund": "50.00"}),
        ("second", {"refund": "50.00", "decision": "rejected", "reason": "不同意退费"}),
    ],
)
def test_a_refund_that_would_be_fixed_by_nobody_is_refused_and_not_forgotten(
    session, client, world, clock, stage, body
):
    application = a_graduation(session, world, an_open_class(session, world, now=clock.now), now=clock.now)
    if stage == "second":
        decide(client.as_(world.manager), application.id)
    caller = client.as_(world.manager if stage == "first" else world.reviewer)
    answer = decide(caller, application.id, stage=stage, **body)
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.graduation.refund_not_due")
    assert answer.json["errors"][0]["field"] == "/refund"


def test_an_opening_has_no_refund(session, client, world, clock, made):
    application = submitted(session, world, made, now=clock.now)
    answer = decide(client.as_(world.manager), application.id, refund="0.00")
    assert (answer.status_code, answer.json["code"]) == (422, "classroom.graduation.refund_not_due")


def test_an_opening_is_no_graduation(client, world, made):
    prepared = prepare(client, world, made)
    answer = client.as_(world.business).get(f"{API}/graduations/{prepared.json['id']}")
    assert (answer.status_code, answer.json["code"]) == (404, "classroom.application.not_found")


def test_the_answer_says_beforehand_whose_review_is_due_and_why_it_is_not_mine(
    session, client, world, made, clock
):
    """K13: the page greys what the decision would be refused, with the refusal's own words."""
    both = staff_member(
        "两职",
        "business_manager",
        "account_manager",
        "platform_reviewer",
        provider_id=world.provider_id,
        dealer_id=world.dealer_id,
    )
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    path = f"{API}/applications/{prepared.json['id']}"

    def due(person):
        said = client.as_(person).get(path).json["due_review"]
        return said["stage"], said["may_decide"], said["why_not_code"]

    assert due(world.business) == (None, False, None)
    client.as_(both).post(f"{API}/openings/{prepared.json['id']}/submission")
    assert due(world.manager) == ("first", True, None)
    assert due(world.reviewer) == ("first", False, "classroom.application.not_your_review")
    assert due(world.business) == ("first", False, "classroom.application.not_your_review")
    assert due(both) == ("first", False, "classroom.application.own")
    said = client.as_(both).get(path).json["due_review"]["why_not"]
    assert said == "不能审核自己提交的申请。请由其他审核人员审核。"
    after = decide(client.as_(world.manager), prepared.json["id"]).json
    assert after["due_review"]["stage"] == "second"
    assert due(world.reviewer) == ("second", True, None)
    decide(client.as_(world.reviewer), prepared.json["id"])
    assert due(world.reviewer) == (None, False, None)


def test_who_did_the_first_review_is_told_that_the_second_is_anothers(session, client, world, made, clock):
    """K13: nobody decides both stages of one application."""
    twice = staff_member("两级", "account_manager", "platform_reviewer", dealer_id=world.dealer_id)
    prepared = prepare(client, world, made)
    quote(session, world, made_id(prepared), clock)
    client.as_(world.business).post(f"{API}/openings/{prepared.json['id']}/submission")
    after = decide(client.as_(twice), prepared.json["id"]).json["due_review"]
    assert (after["may_decide"], after["why_not_code"]) == (False, "classroom.application.both_stages")


def test_the_queue_can_be_read_from_either_end(session, client, world, clock):
    """The longest waiting first; the newest first for looking back."""
    for _ in range(2):
        made = a_ready_class(session, world, now=clock.now)
        prepared = prepare(client, world, made)
        quote(session, world, made_id(prepared), clock)
        client.as_(world.business).post(f"{API}/openings/{prepared.json['id']}/submission")
        clock.advance(minutes=1)

    def page(**query):
        return client.as_(world.manager).get(f"{API}/applications", query_string={"limit": 1, **query}).json

    first, second = page()["items"][0]["id"], page(order="newest")["items"][0]["id"]
    assert page(after=page()["next"])["items"][0]["id"] == second
    assert page(order="newest", after=page(order="newest")["next"])["items"][0]["id"] == first
