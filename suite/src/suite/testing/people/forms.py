"""Ways of filling the forms' richer fields, as a person does it with mouse and keys."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from suite.testing.browser import Visitor


class FormFiller(Visitor):
    """A visitor who fills forms."""

    def chooses(self, label: str, option: str, *, typing: str = "") -> Self:
        """Open the select with this label (typing something where it looks things up) and take an option."""
        box = self.page.get_by_role("combobox", name=label, exact=True).locator("visible=true").first
        box.click(force=True)  # the placeholder lies above the input, as in every select of this kind
        if typing:
            box.fill(typing)
        options = self.page.locator(f"[id='{box.get_attribute('aria-controls')}']").get_by_role("option")
        options.filter(has_text=option).first.click()
        return self

    def picks_day(self, label: str, day: str) -> Self:
        """Type a day (or moment) into the field with this label."""
        field = self.page.get_by_label(label, exact=True).locator("visible=true").first
        field.click()
        field.fill(day)
        field.press("Enter")
        return self

    def picks_category(self, label: str, *path: str) -> Self:
        """Walk down a cascade of categories."""
        self.page.get_by_label(label, exact=True).locator("visible=true").first.click()
        for name in path:
            self.page.locator(".el-cascader-node").filter(has_text=name).locator("visible=true").first.click()
        return self

    def ticks(self, name: str, *, within: Locator | None = None) -> Self:
        """Choose a radio button or tick a box by the words that its label begins with."""
        labels = (within or self.page).locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(name)}"))
        labels.locator("visible=true").first.click()
        return self

    def uploads(self, name: str, content: bytes, mime: str, *, field: str = "input[type=file]") -> Self:
        """Hand a file to the upload field."""
        self.page.locator(field).first.set_input_files({"name": name, "mimeType": mime, "buffer": content})
        return self

    def sees_state(self, state: str) -> Self:
        """The state beside the page's title."""
        expect(self.page.locator("header.head .state").first).to_have_text(state, timeout=30_000)
        return self
