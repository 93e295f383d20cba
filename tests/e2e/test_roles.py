"""One story per role, besides the whole flow: what each does alone, and what goes wrong."""

from suite.demo.people import Person, document_number
from suite.testing.people import (
    BusinessManager,
    Finance,
    Learner,
    PlatformAdmin,
    Registrar,
    Reviewer,
    SignIn,
    Teacher,
)


def test_a_registrar_finds_and_deletes_a_class_that_was_a_mistake(visit, stage, world):
    registrar = visit(Registrar, stage).signed_in("registrar", world.password)
    mistake = world.new_draft()
    registrar.opens(f"/console/classes?text={mistake['name']}&state=draft").sees("共 1 条")
    registrar.row(mistake["name"]).get_by_role("button", name="删除").click()
    registrar.sees("删除后不能恢复").looks_at("class-delete").confirms("删除")
    registrar.sees("班级已删除", "没有符合条件的记录")
    registrar.page.reload()
    registrar.sees("没有符合条件的记录")


def test_a_registrar_makes_the_next_class_after_one_that_there_is(visit, stage, world):
    registrar = visit(Registrar, stage).signed_in("registrar", world.password)
    source = world["draft"]
    registrar.opens(f"/console/classes?text={source['name']}").copies(source["name"], "复制出来的班级")
    registrar.picks_day("开课日期", "2030-03-01").looks_at("class-copy")
    assert registrar.page.get_by_label("结课日期", exact=True).input_value() == "2030-03-07"
    made = registrar.saves_the_copy()
    registrar.sees("复制出来的班级").sees_state("未开班")
    copied, before = (registrar.api(f"/classroom/classes/{each}") for each in (made, source["id"]))
    assert (copied["enrolled"], copied["supervision_number"]) == (0, "")
    assert copied["courses"]["package"] == before["courses"]["package"]
    assert copied["supervision"] == before["supervision"]


def test_the_first_page_says_what_the_month_came_to(visit, stage, world):
    order = world["order"]
    business = visit(BusinessManager, stage).signed_in("business", world.password)
    told = business.api("/billing/orders/summary")
    assert told["months"][-1]["orders"] >= 1, order
    business.opens("/console").sees("正在学习的学员", "本月订单", f"¥{told['months'][-1]['amount']}")
    business.opens_the_table_of("近 6 个月订单金额")
    assert (
        f"{told['months'][-1]['orders']} 个" in business.row(f"¥{told['months'][-1]['amount']}").inner_text()
    )


def test_a_teacher_adds_a_learner_by_hand_and_speaks_to_the_class(visit, stage, world):
    teacher = visit(Teacher, stage).signed_in("teacher", world.password)
    person = Person("林晓", document_number(21), "男", "13900000021", "")
    teacher.watch.expect(422, "/enrolments")
    teacher.opens_class(world["open"]["id"], "learners").sees("共 11 条")
    wrong = person.document_number[:-1] + ("1" if person.document_number[-1] != "1" else "2")
    teacher.adds_a_learner(person, wrongly=wrong).sees("证件号码").looks_at("learner-refused")
    teacher.adds_a_learner(person).sees("共 12 条")
    assert "未加入" in teacher.row("林晓").inner_text()
    teacher.opens_class(world["open"]["id"]).announces("明天上午九点线下实操，请带身份证。")
    teacher.sees("明天上午九点线下实操，请带身份证。")


def test_a_refused_opening_comes_back_with_its_reason(visit, stage, world):
    asked = world.new_opening()
    reviewer = visit(Reviewer, stage).signed_in("manager", world.password)
    reviewer.takes_from_queue(asked["name"]).rejects("开课日期与备案不一致").sees_state("审核不通过")
    business = visit(BusinessManager, stage).signed_in("business", world.password)
    business.opens(f"/console/classes/{asked['id']}/opening").sees_state("未开班")
    business.sees("开课日期与备案不一致").looks_at("opening-refused")


def test_a_settlement_that_is_sent_back_can_be_made_again(visit, stage, world):
    order = world.new_order()
    world.submitted(order)
    finance = visit(Finance, stage).signed_in("finance", world.password)
    finance.takes_settlement_of(order["number"]).sends_back("凭证看不清").looks_at("settlement-sent-back")
    business = visit(BusinessManager, stage).signed_in("business", world.password)
    business.opens(f"/console/orders/{order['id']}").sees("凭证看不清").sees_state("未结算").looks_at(
        "order-sent-back"
    )
    business.presses("重新结算").is_at("/console/settle").sees("凭证看不清")


def test_the_platform_registers_a_provider_whose_registrar_then_signs_in(visit, stage, world):
    platform = visit(PlatformAdmin, stage).signed_in("platform", world.password)
    platform.registers_a_provider("启明职业培训学校", dealer="云帆")
    platform.opens("/console/providers").sees("启明职业培训学校")
    platform.makes_an_account("周教务", "qiming", "a-long-password", role="线上教务", provider="启明")
    newcomer = visit(SignIn, stage)
    newcomer.opens("/sign-in").signs_in("qiming", "a-long-password").is_at("/console").sees(
        "从创建第一个班级开始"
    )


def test_a_learner_who_types_a_wrong_class_password_loses_nothing(visit, stage, world):
    person = world.people.roster[4]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    for status in (404, 409, 422):
        learner.watch.expect(status, "/api/v1/classroom/joins")
    learner.opens("/learn/join")
    said = {"姓名": person.name, "证件号码": person.document_number, "班级密码": "000000"}
    learner.types(said).presses("加入班级").waits_until_settled().looks_at("join-refused")
    for label, text in said.items():
        assert learner.page.get_by_label(label).input_value() == text
    learner.types({"班级密码": world["open"]["class_password"]}).presses("加入班级")
    learner.is_at("/learn/classes/[^/]+$").sees(world["open"]["name"])
