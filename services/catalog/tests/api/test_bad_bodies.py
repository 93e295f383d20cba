"""Every operation that takes JSON answers bad bodies with a problem that names what is wrong."""

from __future__ import annotations

import pytest
from catalog.api.permissions import PERMISSIONS
from chassis.testing import check_bad_bodies, operation_cases


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_a_bad_body_is_a_problem_and_never_a_fault(client, app, operation: str) -> None:
    check_bad_bodies(client, app, operation)
