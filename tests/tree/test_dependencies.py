"""What the code imports is what pyproject.toml declares: a machine with a fresh environment has it all."""

import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from suite.parts import SERVICES
from suite.testing import tree

PROVIDERS = packages_distributions()
OWN = {"chassis", "bus", "files", "edge", "suite", "bench", *SERVICES}
# Modules that come with a declared package by its own promise.
BROUGHT = {
    "werkzeug": "flask",
    "jinja2": "flask",
    "apispec": "flask-smorest",
    "webargs": "flask-smorest",
    "_pytest": "pytest",
}
BROUGHT |= {
    "packaging": "pytest",
    "botocore": "boto3",
    "pluggy": "pytest",
    "docker": "testcontainers",
    "markupsafe": "flask",
    "_typeshed": "mypy",
}


@cache
def declared():
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    texts = [*project["dependencies"], *(text for extra in extras for text in extra)]
    return {canonicalize_name(Requirement(text).name) for text in texts}


def undeclared(path):
    for name in tree.imports(path):
        top = name.split(".")[0]
        if top in sys.stdlib_module_names | OWN:
            continue
        from_here = {canonicalize_name(each) for each in PROVIDERS.get(top, [])}
        if not (from_here | {BROUGHT.get(top)}) & declared():
            yield f"{tree.shown(path)} imports {top}"


def test_every_import_of_the_product_is_declared():
    assert not [wrong for path in tree.python_files(tests=False) for wrong in undeclared(path)]


def test_every_declared_package_is_locked():
    lock = (tree.ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    assert not declared() - locked
