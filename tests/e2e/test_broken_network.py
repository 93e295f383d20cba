"""The network cut in the player, in the exam and in a long form: nothing is lost, the page says so, and goes on."""

from playwright.sync_api import expect
from suite.demo.client import wait_for
from suite.testing.people import Learner, Registrar


def test_answers_given_without_a_network_are_handed_in_when_it_is_back(visit, stage, world):
    person = world.people.roster[2]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(409, "/passes")
    learner.opens(f"/learn/classes/{world['open']['id']}").checks_in()
    learner.opens(f"/learn/classes/{world['open']['id']}").enters_exam().answers_question()
    with learner.watch.no_network(learner.context):
        learner.presses("下一题").answers_question().presses("下一题").answers_question()
        learner.sees("网络").looks_at("exam-offline")
    attempt = learner.page.url.rsplit("/", 1)[1]

    def answered():
        return [each["answer"] for each in learner.api(f"/exam/attempts/{attempt}")["questions"]]

    wait_for("all answers to be with the service", lambda: all(answered()))
    learner.opens(f"/learn/classes/{world['open']['id']}/attempts/{attempt}").hands_in().sees("100")


def test_a_phone_that_was_offline_is_shown_the_newer_answer_of_the_computer(visit, stage, world):
    person, class_id = world.people.roster[6], world["open"]["id"]
    world.joined(person, world["open"])
    phone = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    phone.watch.expect(409, "/passes")
    phone.watch.expect(409, "/answers/")
    phone.opens(f"/learn/classes/{class_id}").checks_in()
    phone.opens(f"/learn/classes/{class_id}").enters_exam()
    computer = visit(Learner, stage).signed_in(person.mobile, person.password)
    computer.opens(phone.page.url.removeprefix(stage.url)).sees("第 1/")
    options = phone.page.locator("fieldset.question input")
    with phone.watch.no_network(phone.context):
        options.first.check()
        phone.sees("已保存在本机")
        computer.page.locator("fieldset.question input").last.check()
        computer.sees("答案已保存")
    phone.sees("以较新的答案为准").looks_at("exam-newer-answer-elsewhere")
    expect(options.last).to_be_checked()
    options.first.check()
    phone.sees("答案已保存")
    attempt = phone.api(f"/exam/attempts/{phone.page.url.rsplit('/', 1)[1]}")
    assert attempt["sequence"] == 2
    phone.hands_in().sees("考试时间结束后显示").looks_at("exam-result-without-key")


def test_answers_left_on_the_phone_go_when_any_page_is_opened_again_and_the_hand_in_goes_once(
    visit, stage, world
):
    person = world.people.roster[2]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(409, "/passes")
    learner.checks_in_unless_done(world["open"]["id"]).enters_exam().answers_question()
    attempt = learner.page.url.rsplit("/", 1)[1]
    with learner.watch.no_network(learner.context):
        learner.presses("下一题").answers_question().sees("已保存在本机")
        learner.page.close()
    learner.page = learner.context.new_page()
    learner.opens("/learn/classes")  # not the exam's page

    def answered():
        return [each["answer"] for each in learner.api(f"/exam/attempts/{attempt}")["questions"]]

    wait_for("the answers left behind to be with the service", lambda: all(answered()[:2]))
    learner.opens(f"/learn/classes/{world['open']['id']}/exam").sees("上次作答还没有交卷").looks_at(
        "exam-resumed"
    )
    learner.presses("继续考试").waits_until_settled().answers_question()
    handed_in = []
    learner.page.on("response", lambda each: "/hand-in" in each.url and handed_in.append(each.status))
    with learner.watch.no_network(learner.context):
        learner.presses("交卷").confirms("交卷").sees("恢复后自动完成").looks_at("exam-hand-in-offline")
    learner.sees("交卷方式", "100")
    assert handed_in == [200]


def test_a_check_in_whose_line_breaks_after_the_photo_goes_through_by_pressing_again(visit, stage, world):
    person, class_id = world.people.roster[3], world["open"]["id"]
    world.joined(person, world["open"])
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.opens(f"/learn/classes/{class_id}").poses_for_check_in()
    sent = []
    learner.page.on(
        "request", lambda each: each.method == "POST" and sent.append(each.url.rpartition("/")[2])
    )
    with learner.watch.no_network(learner.context):
        learner.presses("确认签到").sees("网络连接中断，请检查网络后重试。")
    with learner.watch.broken_line(learner.page, "**/check-ins"):
        learner.presses("确认签到").sees("照片已上传").looks_at("check-in-offline")
    with learner.watch.broken_line(learner.page, "**/check-ins", after_arrival=True):
        learner.presses("确认签到").sees("照片已上传")
    learner.presses("确认签到").sees("签到成功", "已签到")
    assert sent == ["photos"] * 2 + ["check-ins"] * 3  # the first photo did not arrive
    kept = world.people.staff("teacher").get(f"/supervision/classes/{class_id}/check-ins", page_size=50)
    assert [each["name"] for each in kept["items"]].count(person.name) == 1


def test_a_photo_that_has_become_too_old_is_taken_anew(visit, stage, world):
    person = world.people.roster[5]
    world.joined(person, world["open"])
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(410, "/check-ins")
    learner.opens(f"/learn/classes/{world['open']['id']}").poses_for_check_in()
    uploads = []
    learner.page.on("request", lambda each: each.url.endswith("/supervision/photos") and uploads.append(each))
    said = {"title": "照片已过期", "detail": "照片已过期", "next_step": "请重新拍照后再提交。"}
    expired = {"code": "supervision.photo.expired", "status": 410, **said}
    learner.page.route("**/check-ins", lambda route: route.fulfill(status=410, json=expired))
    learner.presses("确认签到").sees("照片已过期。请重新拍照后再提交。").looks_at("check-in-photo-expired")
    learner.page.unroute("**/check-ins")
    learner.presses("拍照").presses("确认签到").sees("已签到")
    assert len(uploads) == 2


def test_a_form_keeps_what_was_typed_and_the_next_page_opens_when_the_network_is_back(visit, stage, world):
    person = world.people.roster[7]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password).opens("/learn/join")
    learner.types({"姓名": person.name, "证件号码": person.document_number, "班级密码": "123456"})
    with learner.watch.no_network(learner.context):
        learner.presses("加入班级").sees("网络连接中断")
        assert learner.page.get_by_label("证件号码").input_value() == person.document_number
        learner.presses("设备检测").confirms("不保存，离开")
        learner.sees("页面没有打开").looks_at("page-missed-offline")
    learner.is_at("/learn/device-check").sees("浏览器")


def test_a_page_whose_program_is_gone_says_so_reports_it_once_and_opens_after_a_reload(visit, stage, world):
    person = world.people.roster[1]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(404, "/assets/")
    learner.opens("/learn/classes")
    reports = []
    learner.page.on("response", lambda each: "/client-errors" in each.url and reports.append(each.status))
    program = "**/assets/DeviceCheckPage-*.js"
    learner.page.route(program, lambda route: route.fulfill(status=404))
    for _ in range(2):
        learner.presses("设备检测").sees("页面没有打开")
    learner.looks_at("page-missed").sees("我的班级")
    learner.page.unroute(program)
    learner.presses("刷新页面").is_at("/learn/device-check").sees("浏览器")
    assert reports == [204]


def test_seconds_watched_without_a_network_are_reported_when_it_is_back(visit, stage, world):
    person = world.people.roster[1]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    learner.watch.expect(409, "/passes")
    learner.opens(f"/learn/classes/{world['open']['id']}").checks_in()
    learner.opens(f"/learn/classes/{world['open']['id']}").begins_to_learn()
    video = learner.page.locator("video")
    learner.page.wait_for_function("() => document.querySelector('video')?.readyState === 4")
    video.evaluate("video => video.play()")
    learner.page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    with learner.watch.no_network(learner.context):
        learner.sees("网络已断开")
        learner.page.wait_for_function("() => document.querySelector('video').currentTime > 4")
        learner.looks_at("player-offline")
    learner.page.evaluate(
        "() => { const v = document.querySelector('video'); if (v.paused && !v.ended) v.play(); }"
    )
    learner.sees("本课时已学完")


def test_a_long_form_keeps_what_was_typed_when_it_cannot_be_sent(visit, stage, world):
    registrar = visit(Registrar, stage).signed_in("registrar", world.password)
    registrar.opens(f"/console/classes/{world['draft']['id']}/setup/basic")
    registrar.types({"培训企业": "断网时填写的企业"})
    with registrar.watch.no_network(registrar.context):
        registrar.presses("保存").sees("网络连接中断").looks_at("form-offline")
        assert registrar.page.get_by_label("培训企业").input_value() == "断网时填写的企业"
        registrar.sees("有未保存的修改")
    registrar.waits_until_gone("有未保存的修改")  # sent by itself when the network came back
    registrar.opens(f"/console/classes/{world['draft']['id']}/setup/basic")
    assert registrar.page.get_by_label("培训企业").input_value() == "断网时填写的企业"
