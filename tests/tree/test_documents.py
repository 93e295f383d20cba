"""Every link in the documents leads somewhere."""

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
