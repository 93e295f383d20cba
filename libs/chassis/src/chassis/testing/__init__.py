"""Fixtures and helpers for the tests of services. Nothing here is imported by the services themselves."""

from chassis.testing.bodies import check_bad_bodies
from chassis.testing.callers import Caller, Tester
from chassis.testing.paper_contracts import check_paper, paper_examples, paper_schema
from chassis.testing.papers import TestIssuer
from chassis.testing.permissions import check_permissions, operation_cases
from chassis.testing.race import race

__all__ = [
    "Caller",
    "TestIssuer",
    "Tester",
    "check_bad_bodies",
    "check_paper",
    "check_permissions",
    "operation_cases",
    "paper_examples",
    "paper_schema",
    "race",
]
