"""Two people use one browser: nothing of the one is sent or shown as the other's, and a bad line signs nobody out."""

from suite.demo.client import wait_for
from suite.testing.people import Learner, Registrar, SignIn


def in_exam(visit, stage, world, person):
    """Somebody who sits in the exam and has answered the first question."""
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    world.joined(person, world["open"])
    learner.watch.expect(409, "/passes")
    learner.watch.expect(409, "/api/v1/")  # the services refuse what comes with another account's cookies
    return learner.checks_in_unless_done(world["open"]["id"]).enters_exam().answers_question()


def given(world, person, attempt):
    """What the service has of the attempt's answers."""
    asked = world.people.by_password(person).get(f"/exam/attempts/{attempt}")
    return [each["answer"] for each in asked["questions"] if each["answer"]]


def signs_in_again(learner, person):
    """Through the form that lies over the page."""
    learner.types({"账号或手机号": person.mobile})
    learner.page.locator("#password").fill(person.password)
    return learner.presses("登录")


def test_answers_given_offline_wait_for_their_learner_when_another_has_signed_in_meanwhile(
    visit, stage, world
):
    person, other = world.people.roster[8], world.people.roster[9]
    learner = in_exam(visit, stage, world, person)
    attempt = learner.page.url.rsplit("/", 1)[1]
    learner.sees("答案已保存")
    with learner.watch.no_network(learner.context):
        learner.presses("下一题").answers_question().sees("项未提交的内容已保存在本机")
        learner.signed_in(other.mobile, other.password)  # in another tab
    learner.sees("此浏览器已登录其他账号", other.name, f"「{person.name}」还有", "项内容没有提交")
    learner.sees_no("答案已保存").looks_at("other-account")
    assert len(given(world, person, attempt)) == 1, "nothing went as the other"
    learner.presses(f"重新登录「{person.name}」")
    signs_in_again(learner, person).sees("答案已保存")
    wait_for("the kept answer to be with the service", lambda: len(given(world, person, attempt)) == 2)
    assert learner.page.url.endswith(attempt)


def test_a_page_is_covered_as_soon_as_another_tab_signs_in_as_somebody_else(visit, stage, world):
    person, other = world.people.roster[8], world.people.roster[9]
    learner = visit(SignIn, stage, phone=True)
    learner.watch.expect(401, "/api/v1/identity/session")
    learner.opens("/sign-in").signs_in(person.mobile, person.password).is_at("/learn/classes")
    first = learner.page
    learner.page = learner.context.new_page()
    learner.opens("/sign-in").signs_in(other.mobile, other.password).is_at("/learn/classes")
    second, learner.page = learner.page, first
    learner.sees("此浏览器已登录其他账号", f"本页属于「{person.name}」")
    learner.presses(f"进入「{other.name}」的页面").is_at("/learn/classes").sees(other.name).sees_no(
        person.name
    )
    learner.page = second
    learner.presses("退出").is_at("/sign-in")
    learner.page = first
    learner.sees("登录已失效").looks_at("session-over-phone")


def test_what_was_typed_is_there_after_signing_in_again(visit, stage, world):
    registrar = visit(Registrar, stage).signed_in("registrar", world.password)
    registrar.watch.expect(401, "/api/v1/")
    registrar.opens(f"/console/classes/{world['draft']['id']}/setup/basic")
    registrar.types({"培训企业": "登录失效前填写的企业"})
    registrar.context.clear_cookies()
    registrar.presses("保存").sees("登录已失效，请重新登录").looks_at("session-over")
    registrar.types({"账号或手机号": "registrar"})
    registrar.page.locator("#password").fill(world.password)
    registrar.presses("登录").waits_until_gone("登录已失效，请重新登录")
    assert registrar.page.get_by_label("培训企业").input_value() == "登录失效前填写的企业"
    registrar.presses("保存").waits_until_gone("有未保存的修改")


def test_a_renewal_whose_answer_is_lost_signs_nobody_out_of_an_exam(visit, stage, world):
    learner = in_exam(visit, stage, world, world.people.roster[9])
    learner.watch.expect(401, "/api/v1/")
    learner.sees("答案已保存")
    kept = [cookie for cookie in learner.context.cookies() if cookie["name"] != "kaike"]

    def as_before_the_renewal():
        learner.context.add_cookies(kept)
        learner.context.clear_cookies(name="kaike")  # the access token has ended

    def loses_the_answer(route):
        route.fetch()
        as_before_the_renewal()
        route.abort("internetdisconnected")

    as_before_the_renewal()
    learner.page.route("**/session/refresh", loses_the_answer)
    learner.presses("下一题").answers_question().sees("项未提交的内容已保存在本机")
    learner.page.unroute("**/session/refresh")
    learner.sees("答案已保存").sees_no("登录已失效")
