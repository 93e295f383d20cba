"""The first page that everybody meets."""

import pytest
from suite.testing.people import ACCOUNTS, PASSWORD, SignIn


def test_a_provider_signs_in_and_is_at_home_and_leaves_again(visit, stage):
    somebody = visit(SignIn, stage)
    somebody.opens("/sign-in").looks_at("sign-in")
    somebody.signs_in(ACCOUNTS["registrar"], PASSWORD).is_at("/console").sees("教务老师")
    somebody.presses("退出").is_at("/sign-in")


def test_a_wrong_password_is_told_and_what_was_typed_stays(visit, stage):
    somebody = visit(SignIn, stage)
    somebody.watch.expect(401, "/api/v1/identity/session")
    somebody.opens("/sign-in").signs_in("registrar", "wrong")
    somebody.sees("账号、密码或验证码不正确").looks_at("sign-in-refused")
    assert somebody.typed("账号或手机号") == "registrar"


def test_empty_fields_are_asked_for_at_the_field(visit, stage):
    somebody = visit(SignIn, stage)
    somebody.opens("/sign-in").signs_in("", "")
    somebody.sees("请输入账号或手机号", "请输入密码")


def test_a_learner_signs_in_with_a_code_on_the_phone(visit, stage, people):
    learner = visit(SignIn, stage, phone=True)
    mobile = people.roster[10].mobile
    learner.opens("/sign-in?way=code").looks_at("sign-in-code")
    learner.asks_for_a_code(mobile)
    learner.signs_in_by_code(learner.code_sent_to(mobile)).is_at("/learn")


def test_a_learner_pastes_the_number_and_the_code_as_they_were_sent(visit, stage):
    learner = visit(SignIn, stage)
    mobile = "13912340098"
    learner.opens("/sign-in?way=code").pastes("mobile", f"+86 {mobile[:3]}-{mobile[3:7]}-{mobile[7:]}")
    learner.presses("获取验证码").sees("秒后可重发")
    assert learner.typed("手机号") == mobile
    code = learner.code_sent_to(mobile)
    learner.pastes("code", f"{code[:3]} {code[3:]}").presses("登录").is_at("/learn")


def test_who_is_not_signed_in_comes_back_to_where_they_wanted_to_go(visit, stage):
    somebody = visit(SignIn, stage)
    somebody.watch.expect(401, "/api/v1/identity/session")
    somebody.opens("/console/classes?state=open").is_at("/sign-in")
    somebody.signs_in(ACCOUNTS["registrar"], PASSWORD).is_at(r"/console/classes\?state=open")


@pytest.mark.parametrize("path", ["/sign-in", "/forbidden", "/no/such/page"])
def test_pages_without_a_frame_can_be_used_without_a_mouse(visit, stage, path):
    somebody = visit(SignIn, stage)
    somebody.opens(path).looks_at(f"plain{path.replace('/', '-')}")
    assert somebody.reaches_by_tab(8), "nothing can be reached with the Tab key"
