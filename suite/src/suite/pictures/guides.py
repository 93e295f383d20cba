"""The pictures of the guides in the pages (K32): for a step, the page with what is to be pressed or read framed."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from suite.pictures.readme import answer_one
from suite.pictures.shot import ROOT, Shot

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from suite.testing.browser import Visitor
    from suite.testing.people import World

FOLDER = ROOT / "frontend" / "src" / "features" / "guides" / "pictures"
WIDE = (1200, 750)
PHONE = (390, 640)


def shots(world: "World") -> tuple[Shot, ...]:
    """Named as the steps in the pages' texts name them. All of one kind have one size, so that no page moves."""
    return (
        *(replace(shot, size=PHONE, phone=True) for shot in _learner(world)),
        *(replace(shot, size=WIDE) for shot in (*_teacher(), *_registrar(), *_business())),
    )


def button(name: str) -> "Callable[[Visitor], Locator]":
    """The first button or link that is shown with this text."""
    text = re.compile(rf"^\s*{re.escape(name)}\s*$")
    return lambda visitor: visitor.page.locator("button, a").filter(has_text=text, visible=True).first


def _by_code(visitor: "Visitor") -> None:
    visitor.page.get_by_role("tab", name="验证码登录").click()


def _with_its_price(visitor: "Visitor") -> None:
    visitor.page.locator("button:enabled", has_text="提交开班审核").wait_for()


def _learner(world: "World") -> list[Shot]:
    studying, arriving, coming = (world.people.roster[place] for place in (2, 8, 9))
    inside = "/learn/classes/{open[id]}"
    join = {"姓名": coming.name, "证件号码": coming.document_number, "班级密码": world.open["class_password"]}
    return [
        Shot(name="learner-sign-in", path="/sign-in", before=_by_code, mark=button("获取验证码")),
        Shot(name="learner-device-check", login=studying.mobile, path="/learn/device-check"),
        Shot(
            name="learner-join",
            login=coming.mobile,
            path="/learn/join",
            before=lambda visitor: visitor.types(join),
            mark=button("加入班级"),
        ),
        Shot(name="learner-check-in", login=arriving.mobile, path=inside, mark=button("去签到")),
        Shot(name="learner-study", login=world.people.roster[1].mobile, path=inside, mark=button("继续学习")),
        Shot(name="learner-exam", login=studying.mobile, path=f"{inside}/exam", before=answer_one),
    ]


def _teacher() -> list[Shot]:
    inside = "/console/classes/{open[id]}"
    return [
        Shot(name="teacher-roster", login="teacher", path=f"{inside}/learners", mark=button("修改")),
        Shot(name="teacher-opening", login="teacher", path="/console/classes", mark=button("开班")),
        Shot(name="teacher-password", login="teacher", path=f"{inside}/overview", mark=button("复制")),
        Shot(
            name="teacher-announcement",
            login="teacher",
            path=f"{inside}/overview",
            before=lambda visitor: visitor.presses("编辑"),
            mark=button("保存"),
        ),
        Shot(name="teacher-learning", login="teacher", path=f"{inside}/learning", mark=button("学习详情")),
        Shot(name="teacher-graduation", login="teacher", path=f"{inside}/graduation"),
    ]


def _registrar() -> list[Shot]:
    setup = "/console/classes/{draft[id]}/setup"
    return [
        Shot(name="registrar-packages", login="registrar", path="/console/packages"),
        Shot(name="registrar-basic", login="registrar", path="/console/classes/new"),
        Shot(name="registrar-courses", login="registrar", path=f"{setup}/courses", mark=button("重新选择")),
        Shot(name="registrar-supervision", login="registrar", path=f"{setup}/supervision"),
        Shot(
            name="registrar-roster", login="registrar", path=f"{setup}/roster", mark=button("下载 Excel 模板")
        ),
        Shot(name="registrar-done", login="registrar", path="/console/classes", mark=button("设置")),
    ]


def _business() -> list[Shot]:
    return [
        Shot(
            name="business-opening",
            login="business",
            path="/console/classes/{draft[id]}/opening",
            before=_with_its_price,
            mark=button("提交开班审核"),
        ),
        Shot(
            name="business-graduation",
            login="business",
            path="/console/classes/{open[id]}/graduation",
            mark=button("提交结业审核"),
        ),
        Shot(name="business-order", login="business", path="/console/orders/{order[id]}"),
        Shot(name="business-settle", login="business", path="/console/orders", mark=button("结算")),
        Shot(
            name="business-waiting",
            login="business",
            path="/console/orders/{settlement[orders][0][order_id]}",
        ),
    ]
