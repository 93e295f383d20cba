"""The whole flow in the browser, each step by the role that may: from creating a class to the dealer's confirmation."""

from datetime import timedelta

import pytest
from chassis import clock
from suite.testing.people import (
    BusinessManager,
    Finance,
    Learner,
    Registrar,
    Reviewer,
    Teacher,
    World,
)
from suite.testing.running import running_suite
from suite.testing.servers import real_servers

LESSONS = 6
HEADCOUNT = 12


@pytest.fixture(params=["files", "servers"])
def transport(request, stage, world, tmp_path):
    """The stage that all stories share, and a suite on PostgreSQL and RabbitMQ."""
    if request.param == "files":
        yield stage, world
        return
    switches = dict.fromkeys(["S3_BUCKET", "KAIKE_ENV", "DATABASE_URL"], "")
    with real_servers() as servers, running_suite(tmp_path / "var", {**switches, **servers}) as suite:
        yield suite, World(suite.url)


def test_from_creating_a_class_to_the_dealers_confirmation(visit, transport):
    suite, world = transport
    people, package = world.people, world.package
    name = f"浏览器中的班级 {suite.port}"

    def at_work(kind, login):
        return visit(kind, suite).signed_in(login, world.password)

    # 线上教务: the four steps of the wizard, the roster tried with a mistake and then imported.
    today = clock.shanghai_day(clock.now())
    registrar = at_work(Registrar, "registrar")
    registrar.begins_a_class(name, start=today, days=7, headcount=HEADCOUNT)
    class_id = registrar.saves_the_first_step()
    registrar.chooses_courses(
        package["name"],
        opens=f"{today} 00:00",
        closes=f"{today + timedelta(days=6)} 20:00",
        attempts=3,
        minutes=15,
    )
    registrar.goes_on_to("supervision").ticks("每日一次").goes_on_to("roster")
    registrar.watch.expect(422, "/roster-imports")
    registrar.imports_a_roster_with_a_wrong_number(people.roster)
    registrar.sees("下载标注了错误的文件").looks_at("flow-roster-refused")
    registrar.imports_roster(people.roster).looks_at("flow-roster-imported")

    # 商务管理 submits, 商务专员 and 平台审核员 approve.
    business = at_work(BusinessManager, "business")
    business.submits_opening(class_id).looks_at("flow-opening-submitted")
    first, second = at_work(Reviewer, "manager"), at_work(Reviewer, "reviewer")
    first.takes_from_queue(name).sees("¥900.00").looks_at("flow-first-review")
    first.approves("同意开班").sees_state("待二审")
    second.takes_from_queue(name).approves("同意开班").sees_state("审核通过").looks_at("flow-approved")

    # 班主任 reads the class password to the learners; all join, one of them here.
    teacher = at_work(Teacher, "teacher")
    teacher.opens_class(class_id).sees_state("已开班")
    training_class = teacher.api(f"/classroom/classes/{class_id}")
    teacher.sees(training_class["class_password"]).looks_at("flow-class-open")
    others = [world.joined(person, training_class) for person in people.roster[1:]]
    assert len(others) == 10
    person = people.roster[0]
    learner = visit(Learner, suite, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(409, "/passes")  # before the check-in
    learner.watch.expect(409, "/ticket")  # while the item before it is being confirmed
    learner.joins(person, training_class["class_password"]).looks_at("flow-joined")
    learner.checks_in().looks_at("flow-checked-in")
    learner.opens(f"/learn/classes/{class_id}").begins_to_learn().looks_at("flow-player")
    learner.studies_everything(LESSONS).looks_at("flow-last-lesson")
    learner.opens(f"/learn/classes/{class_id}").sees("6/6").enters_exam().looks_at("flow-exam")
    learner.answers_everything().hands_in().sees("100").looks_at("flow-exam-result")

    teacher.opens_class(class_id, "learning").looks_at("flow-learning")
    assert "100" in teacher.row(person.name).inner_text()
    assert "已全部学完" in teacher.row(person.name).inner_text()

    # 结业: closed, counted, billed, reviewed twice.
    business.submits_graduation(class_id).sees("¥750.00").looks_at("flow-graduation")
    first.takes_from_queue(name).sees("¥750.00").approves("同意结业").sees_state("待二审")
    second.takes_from_queue(name).approves("同意结业").sees_state("审核通过")

    # The order, its settlement with a voucher, and the dealer's confirmation.
    business.opens(f"/console/orders?text={name}")
    order = business.order_of(class_id)
    business.settles(order["number"]).looks_at("flow-settle").presses("提交").sees("结算审核中")
    finance = at_work(Finance, "finance")
    finance.takes_settlement_of(order["number"]).sees("¥750.00").looks_at("flow-settlement")
    finance.confirms_receipt("¥750.00").looks_at("flow-confirmed")
    business.opens(f"/console/orders/{order['id']}").sees_state("已结算").looks_at("flow-settled")
    told = finance.api("/billing/events", limit=100)["items"]
    assert any("confirmed" in event["type"] and order["number"] in str(event["data"]) for event in told)
