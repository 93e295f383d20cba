"""No committed file names a package index: many users have a mirror, which such a line would overrule."""

import json
import re

import pytest
from suite.testing import tree

NAMED = re.compile(
    r"--(extra-)?index-url|--find-links|--trusted-host|registry\s*=\s*http|pypi\.org|files\.pythonhosted\.org"
    r"|registry\.npmjs\.org|npmmirror|tuna\.tsinghua|mirrors\.(aliyun|ustc|cloud)|pypi\.doubanio",
    re.IGNORECASE,
)
LOOKED_AT = re.compile(
    r"(^|/)(requirements[^/]*|Dockerfile[^/]*|docker-compose[^/]*\.yml|Makefile|pyproject\.toml|package\.json"
    r"|package-lock\.json|\.npmrc|\.ci/run)$"
)


def looked_at():
    return [path for path in tree.files() if LOOKED_AT.search(tree.shown(path))]


@pytest.mark.parametrize("path", looked_at(), ids=tree.shown)
def test_no_package_index_is_named(path):
    found = NAMED.search(path.read_text(encoding="utf-8"))
    assert found is None, f"{tree.shown(path)} names {found.group()}"


def test_the_lock_has_a_hash_for_every_package():
    text = (tree.ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", "\n" + text, flags=re.IGNORECASE)[1:]
    assert len(entries) > 50
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


@pytest.mark.parametrize("path", [p for p in tree.files() if p.name == "package-lock.json"], ids=tree.shown)
def test_the_front_ends_lock_has_no_addresses(path):
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package and "link" not in package]


@pytest.mark.parametrize("trace", [r"/work/", r"\.\./shared", r"/tmp/(brief|boot)"])
def test_nothing_points_out_of_the_repository(trace):
    own = tree.ROOT / "tests" / "tree" / "test_addresses.py"
    texts = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".html", ".js", ".css", ".txt", ""}
    wrong = [
        tree.shown(path)
        for path in tree.files()
        if path.suffix in texts
        and path != own
        and re.search(trace, path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not wrong
