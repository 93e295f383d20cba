"""Reviewers, the dealer's finance, and the platform's administrator."""

from typing import Self

from suite.testing.people.forms import FormFiller


class Reviewer(FormFiller):
    """商务专员 (first review) or 平台审核员 (second)."""

    def takes_from_queue(self, class_name: str) -> Self:
        """Open the application of this class from the queue."""
        self.opens("/console/applications")
        self.row(class_name).get_by_role("link", name="审核", exact=True).click()
        return self.is_at("/console/applications/.+").waits_until_settled()

    def approves(self, opinion: str) -> Self:
        """Decide 通过."""
        self.ticks("通过").types({"审核意见": opinion}).presses("提交审核").confirms("审核通过")
        return self.waits_until_settled()

    def rejects(self, reason: str) -> Self:
        """Decide 不通过, with the reason that the provider will read."""
        self.ticks("不通过").types({"审核不通过原因": reason}).presses("提交审核").confirms("审核不通过")
        return self.waits_until_settled()


class Finance(FormFiller):
    """经销商财务."""

    def takes_settlement_of(self, order_number: str) -> Self:
        """Open the settlement in which this order stands."""
        self.opens("/console/dealer/settlements")
        self.row(order_number).get_by_role("link", name="核对").click()
        return self.is_at("/console/dealer/settlements/.+").waits_until_settled()

    def confirms_receipt(self, amount: str) -> Self:
        """确认到账."""
        return self.presses("确认到账").confirms(f"确认到账 {amount}").sees_state("已确认")

    def sends_back(self, reason: str) -> Self:
        """退回, with the reason that the provider will read."""
        self.presses("退回")
        dialog = self.page.get_by_role("dialog", name="退回结算？")
        return (
            self.types({"退回原因": reason}, within=dialog)
            .presses("退回", within=dialog)
            .sees_state("已退回")
        )


class PlatformAdmin(FormFiller):
    """平台管理员."""

    def registers_a_provider(self, name: str, *, dealer: str) -> Self:
        """登记培训单位."""
        self.opens("/console/providers").presses("登记培训单位").is_at("/console/providers/new")
        self.types({"单位名称": name}).chooses("经销商", dealer)
        return self.presses("登记").is_at(r"/console/providers(/(?!new).+)?$").waits_until_settled()

    def makes_an_account(self, name: str, login: str, password: str, *, role: str, provider: str) -> Self:
        """新建账号 for somebody of a provider."""
        self.opens("/console/accounts/new")
        self.types({"姓名": name, "登录名": login})
        self.page.locator("#password").fill(password)
        self.ticks(role).chooses("培训单位", provider)
        return self.presses("新建").is_at(r"/console/accounts(?!/new)").waits_until_settled()
