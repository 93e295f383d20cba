"""Every link in the documents leads somewhere, and every decision is listed under a number of its own."""

import re

import pytest
from suite.testing import tree

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)[^)]*\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def documents():
    return [path for path in tree.files() if path.suffix == ".md"]


def anchors(path):
    """The anchors that the headings of a document make, as GitHub makes them."""
    made = set()
    for line in CODE.sub("", path.read_text(encoding="utf-8")).splitlines():
        if line.startswith("#"):
            words = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower())
            made.add(words.replace(" ", "-"))
    return made


def broken_links(path):
    for pair in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        target = pair[0] or pair[1]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in anchors(there)):
            yield target


@pytest.mark.parametrize("path", documents(), ids=tree.shown)
def test_every_link_leads_somewhere(path):
    assert not list(broken_links(path))


def test_a_link_to_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# One two\n[a](gone.md) [b](#one-two) [c](#three) [d](https://example.org)")
    assert list(broken_links(page)) == ["gone.md", "#three"]


def test_every_decision_has_a_number_of_its_own_and_is_listed():
    folder = tree.ROOT / "docs" / "decisions"
    pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
    numbers = [name.partition("-")[0] for name in pages]
    assert numbers == [f"{place:04}" for place in range(1, len(pages) + 1)]
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in pages if f"({name})" not in listed] == []
