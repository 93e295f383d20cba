"""What a service says of itself; web, worker, migrate and the contracts are all made from it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from chassis.db import Database

if TYPE_CHECKING:
    from flask import Flask

    from chassis.jobs.periodic import Periodic
    from chassis.jobs.work import Work
    from chassis.web.blueprint import Blueprint
    from chassis.web.permissions import Permission

JobHandler = Callable[["Work"], "dict[str, Any] | None"]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service: its database, its doors, its reactions and its work in the background."""

    name: str
    db: Database
    blueprints: Sequence[Blueprint]
    permissions: Mapping[str, Permission]
    title: str = ""
    consumers: Sequence[Any] = ()
    """Declarations of the bus's consumers; the chassis only carries them."""
    announces: Mapping[str, Callable[[Session], Any]] = field(default_factory=dict)
    """Event type → generator of the present states, for a consumer's rebuild."""
    jobs: Mapping[str, JobHandler] = field(default_factory=dict)
    """Kind of a job → its handler `fn(work)`, run in the worker; what it returns is the result."""
    periodic: Sequence[Periodic] = ()
    issues_papers: bool = False
    """Whether it signs papers, keeps rotating keys and publishes them at /jwks."""
    trusts: Sequence[str] = ("identity",)
    """The issuers whose papers it reads."""
    setup: Callable[[Flask], None] | None = None
    """A last word on the app, for what no other service needs."""
    seed: Callable[[Session, datetime], None] | None = None
    """Fills the demo data of `make run`; running it twice changes nothing."""


def load(name: str) -> Service:
    """The Service that `<name>.app` declares."""
    module = importlib.import_module(f"{name}.app")
    service: Service = module.SERVICE
    return service
