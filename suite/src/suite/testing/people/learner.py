"""A learner with a phone."""

from typing import Self

from playwright.sync_api import expect

from suite.demo.people import Person
from suite.demo.teaching import RIGHT
from suite.testing.people.forms import FormFiller

STUDY_MS = 60_000


class Learner(FormFiller):
    """学员."""

    def joins(self, person: Person, class_password: str) -> Self:
        """加入班级, with what the roster knows."""
        self.opens("/learn/join")
        self.types({"姓名": person.name, "证件号码": person.document_number, "班级密码": class_password})
        self.presses("加入班级")
        return self.is_at("/learn/classes/[^/]+$").waits_until_settled()

    def checks_in(self) -> Self:
        """签到: for the first time also the real name, each with a picture from the camera."""
        return self.poses_for_check_in().presses("确认签到").sees("已签到")

    def poses_for_check_in(self) -> Self:
        """The same up to the picture: it is taken, and nothing has been done with it."""
        self.presses("去签到").is_at("/learn/classes/[^/]+/check-in").waits_until_settled()
        return self._poses()

    def checks_in_unless_done(self, class_id: str) -> Self:
        """签到 where today's is still due, then to the class page."""
        self.opens(f"/learn/classes/{class_id}/check-in").waits_until_settled()
        due, done = self.page.get_by_text("待签到"), self.page.get_by_text("已签到")
        expect(due.or_(done).first).to_be_visible()
        if due.count():
            self._poses().presses("确认签到").sees("已签到")
        return self.opens(f"/learn/classes/{class_id}")

    def _poses(self) -> Self:
        if self.page.get_by_role("checkbox").count():
            self.page.get_by_role("checkbox").check()
            self.presses("拍照").presses("提交认证")
        return self.presses("拍照")

    def begins_to_learn(self) -> Self:
        """Open the first lesson from the class page."""
        self.page.get_by_role("link", name="开始学习").or_(
            self.page.get_by_role("link", name="继续学习")
        ).first.click()
        return self.is_at("/learn/classes/[^/]+/items/.+").waits_until_settled()

    def studies_everything(self, lessons: int) -> Self:
        """Every lesson in its order, at normal speed."""
        for place in range(lessons):
            self.studies_lesson()
            if place < lessons - 1:
                following = self.page.get_by_role("link", name="下一课时")
                expect(following).to_be_visible(timeout=STUDY_MS)
                here = self.page.url
                following.click()
                expect(self.page).not_to_have_url(here, timeout=STUDY_MS)
                self.waits_until_settled()
        return self

    def studies_lesson(self) -> Self:
        """Watch, read or practise, whatever this lesson asks for."""
        practice = self.page.get_by_role("button", name="开始练习")
        video = self.page.locator("video")
        reader = self.page.locator(".reader")
        expect(practice.or_(video).or_(reader).first).to_be_visible(timeout=STUDY_MS)
        if practice.count():
            practice.click()
            return self.answers_everything().hands_in()
        if video.count():
            video.evaluate("video => video.play()")
        expect(self.page.get_by_text("本课时已学完")).to_be_visible(timeout=STUDY_MS)
        return self

    def enters_exam(self) -> Self:
        """From the class page into the exam."""
        self.page.get_by_role("tab", name="线上考试").click()
        self.presses("进入考试").is_at("/learn/classes/[^/]+/exam").waits_until_settled()
        return self.presses("开始考试").is_at("/learn/classes/[^/]+/attempts/.+").waits_until_settled()

    def answers_everything(self, *, but: int = 0) -> Self:
        """Answer rightly, one question after the other, leaving out the last ``but``."""
        expect(self.page.locator("fieldset.question").first).to_be_visible(timeout=STUDY_MS)
        total = len(self.page.locator("ol.board li").all())
        for place in range(total - but):
            self.answers_question()
            if place < total - 1:
                self.presses("下一题")
        return self

    def answers_question(self) -> Self:
        """Answer the question that is shown, rightly."""
        question = self.page.locator("fieldset.question")
        text = question.locator(".text").inner_text().strip()
        for key in RIGHT[text]:
            question.locator(f"input[value={key}]").check()
        return self

    def hands_in(self) -> Self:
        """交卷."""
        self.presses("交卷").confirms("交卷")
        return self.sees("交卷方式")
