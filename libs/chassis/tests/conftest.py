"""A bakery: a service with nothing of training in it, to try the chassis on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from chassis.service import Service

sys.path.insert(0, str(Path(__file__).parent / "bakery_service"))


@pytest.fixture
def service() -> Service:
    """The bakery."""
    from bakery.app import SERVICE

    return SERVICE
