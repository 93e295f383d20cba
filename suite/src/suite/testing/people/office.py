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


class PlatformAdmin(FormFiller):
    """平台管理员."""
