"""The registry of all failures that a caller may be told."""

import importlib
import pkgutil
from typing import Any

from chassis.errors import Failure, declared

from suite.parts import SERVICES

PACKAGES = ("chassis", "bus", "files", *SERVICES, "edge")
NOT_PRODUCT = {"testing", "migrations", "alembic"}


class RegistryBroken(Exception):
    """Two failures share a code, or one does not say what is wrong and what to do."""


def registry() -> dict[str, dict[str, Any]]:
    """Code → status, title and next step, in order of the codes.

    Raises:
        RegistryBroken: a code stands twice, or a failure has no title or next step of its own.
    """
    for package in PACKAGES:
        _import_all(package)
    found: dict[str, type[Failure]] = {}
    for failure in declared():
        if failure.__module__.split(".")[0] not in PACKAGES:
            continue
        other = found.setdefault(failure.code, failure)
        if other is not failure:
            raise RegistryBroken(f"{failure.code} is the code of {_place(other)} and of {_place(failure)}")
        own = failure.title != Failure.title and failure.next_step != Failure.next_step
        if failure.status != Failure.status and not own:
            raise RegistryBroken(f"{_place(failure)} needs a title and a next step of its own")
    return {code: _entry(found[code]) for code in sorted(found)}


def _entry(failure: type[Failure]) -> dict[str, Any]:
    return {
        "status": failure.status,
        "title": failure.title,
        "next_step": failure.next_step,
        "raised_by": failure.__module__,
    }


def _place(failure: type[Failure]) -> str:
    return f"{failure.__module__}.{failure.__name__}"


def _import_all(package: str) -> None:
    """Import every module of a package, so that every failure has been declared."""
    root = importlib.import_module(package)
    for module in pkgutil.walk_packages(root.__path__, f"{package}."):
        if not NOT_PRODUCT & set(module.name.split(".")):
            importlib.import_module(module.name)
