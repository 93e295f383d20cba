"""Every operation, tried by nobody and by each role that may not."""

from __future__ import annotations

import pytest
from chassis.testing import Tester, check_permissions, operation_cases
from flask import Flask
from identity.api.permissions import PERMISSIONS


@pytest.mark.parametrize("operation", operation_cases(PERMISSIONS))
def test_operations_answer_those_who_may(client: Tester, app: Flask, operation: str):
    check_permissions(client, app, operation)
