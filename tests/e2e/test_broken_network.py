"""The network cut in the player, in the exam and in a long form: nothing is lost, the page says so, and goes on."""

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
