"""The people of a training provider: registrar, class teacher, business manager."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Self

from playwright.sync_api import expect

from suite.demo import opening, settling
from suite.demo.client import wait_for
from suite.demo.people import Person
from suite.testing.browser.visitor import PATIENCE_MS
from suite.testing.people.forms import FormFiller


class Provider(FormFiller):
    """Anybody of the provider."""

    def opens_class(self, class_id: str, tab: str = "overview") -> Self:
        """Go to a class's console."""
        return self.opens(f"/console/classes/{class_id}/{tab}")

    def class_in_address(self) -> str:
        """The id of the class whose page is open."""
        return self.page.url.split("/classes/")[1].split("/")[0]


class Registrar(Provider):
    """线上教务: makes classes, sets them up and brings in the roster."""

    def copies(self, name: str, as_name: str) -> Self:
        """Ask for another class after this one of the list, under a name of its own."""
        self.row(name).get_by_role("button", name="复制").click()
        dialog = self.page.get_by_role("dialog", name="复制班级")
        expect(dialog.get_by_label("班级公告")).to_be_enabled(timeout=PATIENCE_MS)
        return self.types({"班级名称": as_name}, within=dialog)

    def saves_the_copy(self) -> str:
        """The copy is made and its first step open. Returns its id."""
        self.presses("复制", within=self.page.get_by_role("dialog", name="复制班级"))
        self.is_at(r"/console/classes/[^/]+/setup/basic").waits_until_settled()
        return self.class_in_address()

    def begins_a_class(self, name: str, *, start: date, days: int, headcount: int) -> Self:
        """Step 1 of the wizard, filled in."""
        self.opens("/console/classes").presses("创建班级").is_at("/console/classes/new").waits_until_settled()
        self.types({"班级名称": name, "预计培训人数": str(headcount)})
        self.picks_day("开课日期", str(start)).picks_day("结课日期", str(start + timedelta(days=days - 1)))
        self.chooses("班主任", "班主任").chooses("助教", "助教")
        self.page.keyboard.press("Escape")
        self.picks_category("培训分类", "职业技能培训", "培训管理", "线上班级班主任")
        self.chooses("省", "北京市").chooses("市", "北京市").chooses("区县", "朝阳区")
        return self.types({"培训企业": "演示企业有限公司", "班级公告": "请每天学习前签到。"})

    def saves_the_first_step(self) -> str:
        """Save step 1; the class is there from then on. Returns its id."""
        self.presses("保存，下一步").is_at(r"/console/classes/[^/]+/setup/courses").waits_until_settled()
        return self.class_in_address()

    def chooses_courses(self, package: str, *, opens: str, closes: str, attempts: int, minutes: int) -> Self:
        """Step 2: a package of one's own, and its exam."""
        self.presses("选择课程包")
        self.page.get_by_role("tab", name="自建").click()
        self.page.get_by_role("listitem").filter(has_text=package).get_by_role("button", name="选择").click()
        self.sees("重新选择")
        self.picks_day("考试开始时间", opens).picks_day("考试结束时间", closes)
        self.types({"作答次数": str(attempts), "考试时长（分钟）": str(minutes)})
        return self

    def goes_on_to(self, step: str) -> Self:
        """Save this step and go to the next."""
        return self.presses("下一步").is_at(f"/console/classes/[^/]+/setup/{step}").waits_until_settled()

    def imports_roster(self, people: list[Person]) -> Self:
        """Step 4: the template downloaded, filled in, tried, imported."""
        with self.page.expect_download() as download:
            self.presses("下载 Excel 模板")
        template = download.value.path().read_bytes()
        self.uploads("名单.xlsx", opening.filled_in(template, people), opening.XLSX)
        self.sees("核验通过", f"将新增 {len(people)} 人")
        return self.presses(f"确认导入 {len(people)} 人", exact=False).sees(f"名单 {len(people)} 人")

    def imports_a_roster_with_a_wrong_number(self, people: list[Person]) -> Self:
        """The last one's number fails its check digit: told at its row, and nobody comes in."""
        with self.page.expect_download() as download:
            self.presses("下载 Excel 模板")
        number = people[-1].document_number
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        broken = [*people[:-1], replace(people[-1], document_number=wrong)]
        content = opening.filled_in(download.value.path().read_bytes(), broken)
        self.uploads("名单.xlsx", content, opening.XLSX)
        expect(self.page.get_by_role("cell", name=wrong)).to_be_visible(timeout=PATIENCE_MS)
        return self


class Teacher(Provider):
    """班主任: looks after the class."""

    def adds_a_learner(self, person: Person, *, wrongly: str = "") -> Self:
        """By hand, in the class's roster; with ``wrongly`` another number than the person's."""
        if not self.page.locator(".el-dialog").locator("visible=true").count():
            self.presses("添加学员")
        dialog = self.page.get_by_role("dialog", name="添加学员")
        number = wrongly or person.document_number
        self.types({"姓名": person.name, "联系方式": person.mobile, "证件号码": number}, within=dialog)
        return self.ticks(person.sex, within=dialog).presses("保存", within=dialog)

    def announces(self, text: str) -> Self:
        """Say something to the learners."""
        self.presses("编辑")
        dialog = self.page.get_by_role("dialog", name="编辑班级公告")
        return self.types({"公告内容": text}, within=dialog).presses("保存", within=dialog)


class BusinessManager(Provider):
    """商务管理: submits opening and graduation, and pays."""

    def opens_the_table_of(self, chart: str) -> Self:
        """The figures behind a chart of the first page."""
        self.page.get_by_role("region", name=chart, exact=True).get_by_text("查看数据表").click()
        return self

    def submits_opening(self, class_id: str) -> Self:
        """Wait for the quote, which the page asks for by itself, and submit it."""
        self.opens(f"/console/classes/{class_id}/opening")
        expect(self.page.get_by_role("button", name="提交开班审核")).to_be_enabled(timeout=PATIENCE_MS)
        return self.presses("提交开班审核").sees_state("开班审核中")

    def submits_graduation(self, class_id: str) -> Self:
        """Close the class before its last day, and wait until everything is counted and billed."""
        self.opens(f"/console/classes/{class_id}/graduation").presses("提交结业审核")
        return self.ticks("已了解，仍要提前结业").presses("确认提交").sees_state("结业审核中")

    def settles(self, order_number: str) -> Self:
        """Pay an order by bank, with its voucher."""
        self.opens("/console/orders")
        self.row(order_number).get_by_role("button", name="结算").click()
        self.is_at("/console/settle").waits_until_settled()
        self.types(
            {"付款账号": "6222020200012345678", "开户银行": "演示银行北京朝阳支行", "备注": "浏览器中的结算"}
        )
        self.uploads("凭证.jpg", settling.remittance("750.00"), "image/jpeg", field="#voucher")
        return self

    def order_of(self, class_id: str) -> dict[str, Any]:
        """The order that the class's graduation became, as soon as billing has made it."""

        def look() -> dict[str, Any] | None:
            orders: list[dict[str, Any]] = self.api("/billing/orders", kind="class")["items"]
            return next((order for order in orders if order["class_id"] == class_id), None)

        found: dict[str, Any] = wait_for("the order", look)
        return found
