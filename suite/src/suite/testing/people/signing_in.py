"""Whoever stands before the sign-in page."""

from typing import Any, Self

from suite.demo.client import wait_for
from suite.running.accounts import demo_accounts
from suite.testing.browser import Visitor

# login of each demo account, by login: the stories name people as the demo does.
ACCOUNTS = {account["login"]: account["login"] for account in demo_accounts()}
PASSWORD = demo_accounts()[0]["password"]


class SignIn(Visitor):
    """Nobody yet."""

    def signs_in(self, login: str, password: str) -> Self:
        """Fill in the form and send it."""
        self.types({"账号或手机号": login})
        self.page.locator("#password").fill(password)
        return self.presses("登录")

    def asks_for_a_code(self, mobile: str) -> Self:
        """Have a code sent."""
        return self.types({"手机号": mobile}).presses("获取验证码").sees("秒后可重发")

    def signs_in_by_code(self, code: str) -> Self:
        """Fill in the code and send it."""
        self.page.locator("#code").fill(code)
        return self.presses("登录")

    def code_sent_to(self, mobile: str) -> str:
        """The code, as the development page shows it."""

        def look() -> str | None:
            sent: list[dict[str, Any]] = self.api("/identity/dev/sms")["items"]
            return next((str(each["code"]) for each in sent if each["mobile"] == mobile), None)

        return str(wait_for("the code on the development page", look))

    def pastes(self, field: str, text: str) -> Self:
        """Put `text` into the field with this id as the clipboard does: what the field has no room for is cut."""
        self.page.locator(f"#{field}").focus()
        self.page.keyboard.insert_text(text)
        return self

    def typed(self, label: str) -> str:
        """What stands in a field."""
        return self.page.get_by_label(label).first.input_value()

    def reaches_by_tab(self, presses: int) -> list[str]:
        """What the Tab key comes to, one after the other, each with a focus that can be seen."""
        reached = []
        for _ in range(presses):
            self.page.keyboard.press("Tab")
            name = self.page.evaluate(
                "() => { const at = document.activeElement; return at === document.body ? '' :"
                " (at.innerText || at.getAttribute('aria-label') || at.id || at.tagName).trim(); }"
            )
            if name:
                reached.append(str(name))
        return reached
