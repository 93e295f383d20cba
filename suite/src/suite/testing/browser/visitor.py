"""A person in front of a browser of their own: goes somewhere, types, presses, and looks at what is shown."""

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, Locator, ViewportSize, expect

from suite.testing.browser import measures
from suite.testing.browser.watch import RENEWAL, Watch

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
HIGHEST = 6000
MOST_SHIFT = 0.1
PATIENCE_MS = 30_000
LOOK_EVERY_MS = 50
BUSY = "[aria-busy=true], .el-skeleton, .el-loading-mask"


class Visitor:
    """One browser context. Every page that it looks at is pictured wide and narrow and judged."""

    def __init__(self, browser: Browser, address: str, pictures: Path, *, phone: bool = False) -> None:
        """``pictures`` is the folder for screenshots; ``phone`` makes the narrow screen the usual one."""
        self.address, self.pictures, self.phone = address, pictures, phone
        self.context = browser.new_context(
            viewport=NARROW if phone else WIDE,
            has_touch=phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            permissions=["camera"],
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_init_script(measures.OBSERVE_SHIFTS)
        self.watch = Watch()
        self.watch.over(self.context)
        self.page = self.context.new_page()
        self.findings: list[str] = []

    # -- coming and going ------------------------------------------------------------------------------------

    def signed_in(self, login: str, password: str) -> Self:
        """Signed in without the form, which has a story of its own."""
        answer = self.context.request.post(
            f"{self.address}/api/v1/identity/session",
            data={"login": login, "password": password},
            headers={"Origin": self.address},
        )
        assert answer.ok, answer.text()
        return self

    def opens(self, path: str) -> Self:
        """Go to an address as from a link in a mail; what then moves by itself is a finding."""
        self.page.goto(self.address + path)
        self.waits_until_settled()
        shift, moved = measures.shifts(self.page)
        if shift >= MOST_SHIFT:
            self.findings.append(f"{path} moves after it was shown ({shift:.2f}): {moved}")
        return self

    def waits_until_settled(self) -> Self:
        """Until nothing is being loaded any more."""
        expect(self.page.locator("#app > *").first).to_be_attached(timeout=PATIENCE_MS)
        expect(self.page.locator(BUSY)).to_have_count(0, timeout=PATIENCE_MS)
        until = time.monotonic() + PATIENCE_MS / 1000
        while self.watch.under_way and time.monotonic() < until:
            self.page.wait_for_timeout(LOOK_EVERY_MS)
        self.page.wait_for_function(measures.AT_REST)
        return self

    def leaves(self) -> None:
        """Close the browser."""
        self.context.close()

    # -- doing -----------------------------------------------------------------------------------------------

    def presses(self, name: str, *, within: Locator | None = None, exact: bool = True) -> Self:
        """Press a button or follow a link by what stands on it."""
        place = within or self.page
        pattern = name if exact else re.compile(name)
        either = place.get_by_role("button", name=pattern, exact=exact).or_(
            place.get_by_role("link", name=pattern, exact=exact)
        )
        either.first.click()
        return self

    def types(self, fields: dict[str, str], *, within: Locator | None = None) -> Self:
        """Fill fields by their labels."""
        place = within or self.page
        for label, text in fields.items():
            place.get_by_label(label).first.fill(text)
        return self

    def confirms(self, act: str) -> Self:
        """Agree in the dialog that asks again."""
        self.page.locator(".el-message-box").get_by_role("button", name=act, exact=True).click()
        return self

    # -- looking ---------------------------------------------------------------------------------------------

    def sees(self, *texts: str) -> Self:
        """Each of these texts is shown somewhere."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible(
                timeout=PATIENCE_MS
            )
        return self

    def sees_no(self, *texts: str) -> Self:
        """None of these texts is shown."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)
        return self

    def waits_until_gone(self, text: str) -> Self:
        """This text, shown now, goes away by itself."""
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0, timeout=PATIENCE_MS)
        return self

    def is_at(self, path: str) -> Self:
        """The address is ``path`` (a pattern)."""
        expect(self.page).to_have_url(re.compile(re.escape(self.address) + path), timeout=PATIENCE_MS)
        return self

    def looks_at(self, name: str) -> Self:
        """Picture the page at both widths and judge it: labels, contrast, order, and no scrolling sideways."""
        self.waits_until_settled()
        self.findings += [f"{name}: {found}" for found in measures.serious_findings(self.page)]
        for suffix, size in (("1440", WIDE), ("390", NARROW)):
            self.page.set_viewport_size(size)
            self._pictured(f"{name}-{suffix}")
            if size is NARROW and (out := measures.overflow(self.page)):
                self.findings.append(f"{name} scrolls sideways at 390: {out}")
        self.page.set_viewport_size(NARROW if self.phone else WIDE)
        return self

    def _pictured(self, name: str) -> None:
        """The whole page on a screen as high as it is: what sticks to the screen's edge lies where it belongs."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size or WIDE
        height = self.page.evaluate("() => document.documentElement.scrollHeight")
        self.page.set_viewport_size(
            {"width": size["width"], "height": min(max(height, size["height"]), HIGHEST)}
        )
        self.page.evaluate(measures.PAINTED)
        self.page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")
        self.page.set_viewport_size(size)

    def pictures_trouble(self, name: str) -> None:
        """What the page looked like when a story failed."""
        self._pictured(f"failed-{name}")

    def reasons_to_worry(self) -> Sequence[str]:
        """Everything that the browser complained about and every finding."""
        return [*self.watch.troubles, *self.findings]

    def script_kilobytes_of(self, path: str) -> float:
        """How much JavaScript, gzipped, a first visit of ``path`` needs; with an empty cache."""
        page = self.context.new_page()
        weight = measures.Weight(page)
        page.goto(self.address + path)
        expect(page.locator("main h1").first).to_be_visible(timeout=PATIENCE_MS)
        expect(page.locator(BUSY)).to_have_count(0, timeout=PATIENCE_MS)
        kilobytes = weight.kilobytes()
        page.close()
        return kilobytes

    def row(self, text: str) -> Locator:
        """The row of a table in which ``text`` stands."""
        return self.page.get_by_role("row").filter(has_text=text).first

    def api(self, path: str, **query: Any) -> Any:
        """What a service says to this person, for figures that a story needs to know."""
        where = f"{self.address}/api/v1{path}"
        answer = self.context.request.get(where, params=query)
        if answer.status == 401:  # a session's token lasts five minutes, a story on a slow machine longer
            self.context.request.post(self.address + RENEWAL, headers={"Origin": self.address})
            answer = self.context.request.get(where, params=query)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return answer.json()
