"""Figures of the page that is shown: weight, shifts, overflow, and what axe-core finds."""

import gzip

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response

# Adds up what moved without anybody touching the page.
OBSERVE_SHIFTS = """
window.kaikeShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    const moved = entry.sources.map((source) => source.node?.nodeType === 1
      ? `${source.node.tagName.toLowerCase()}.${source.node.className}` : source.node?.nodeName).join(" ");
    window.kaikeShifts.push({ value: entry.value, moved });
  }
}).observe({ type: "layout-shift", buffered: true });
"""
# The first thing that reaches out of the screen to the right, for the reader of a failed story.
OVERFLOWING = """
() => {
  const wide = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= wide) return "";
  const inOwnBox = (node) => {
    for (let box = node.parentElement; box && box !== document.body; box = box.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(box).overflowX)) return true;
    return false;
  };
  const out = [...document.body.querySelectorAll("*")].filter(
    (node) => node.getBoundingClientRect().right > wide + 1 && !inOwnBox(node));
  return `${document.scrollingElement.scrollWidth} px wide: ` + out.slice(0, 3).map(
    (node) => `${node.tagName.toLowerCase()}.${node.className}`).join(", ");
}
"""
# Nothing fades in or slides any more: in between, colours are none that anybody is meant to read.
AT_REST = "() => document.getAnimations().every((each) => each.effect.getTiming().iterations === Infinity)"
# The page has been drawn in its new size, also what sticks to an edge of the screen.
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SERIOUS = {"serious", "critical"}
# What stands in a closed select takes no clicks, so axe cannot tell what lies behind it: in a dialog it takes
# the page's veil for its ground. The same words are judged on pages without a dialog.
LEFT_OUT = {"exclude": [[".el-overlay .el-select__placeholder"]]}
# Everything of WCAG 2.1 A and AA.
RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


class Weight:
    """How much JavaScript a page needed, as gzip makes it, whatever the server sent."""

    def __init__(self, page: Page) -> None:
        """Count what ``page`` loads from now on."""
        self._seen: dict[str, Response] = {}
        page.on("response", self._keep)

    def _keep(self, response: Response) -> None:
        if response.request.resource_type == "script" and response.status == 200:
            self._seen[response.url] = response

    def kilobytes(self) -> float:
        """Sum over all scripts, each compressed by itself."""
        return sum(len(gzip.compress(each.body(), 9)) for each in list(self._seen.values())) / 1024


def shifts(page: Page) -> tuple[float, str]:
    """The sum of all layout shifts since the page was loaded, and what moved most."""
    found = page.evaluate("() => window.kaikeShifts ?? []")
    most = max(found, key=lambda shift: shift["value"], default={"moved": ""})
    return sum(shift["value"] for shift in found), str(most["moved"])


def overflow(page: Page) -> str:
    """What makes the page scroll sideways; empty when it does not."""
    return str(page.evaluate(OVERFLOWING))


def serious_findings(page: Page) -> list[str]:
    """What axe-core calls serious or critical, each with the first places."""
    found = Axe().run(page, context=LEFT_OUT, options=RULES).response["violations"]
    return [
        f"{each['id']}: {each['help']} at {'; '.join(str(node['target'][0]) for node in each['nodes'][:3])}"
        f" ({each['nodes'][0].get('failureSummary', '')[:200]})"
        for each in found
        if each["impact"] in SERIOUS
    ]
