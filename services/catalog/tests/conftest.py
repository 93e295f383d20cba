"""The catalog under test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from catalog import testing
from catalog.app import SERVICE
from chassis.service import Service
from chassis.testing import Caller, Tester
from sqlalchemy.orm import Session

BASE = "/api/v1/catalog"


@pytest.fixture
def service() -> Service:
    """The service whose app and databases the fixtures make."""
    return SERVICE


@pytest.fixture
def provider_id(session: Session):
    """A provider that catalog has heard of."""
    return testing.provider(session).provider_id


@pytest.fixture
def registrar(client: Tester, actor, clock, provider_id) -> Caller:
    """The registrar of that provider."""
    return client.as_(actor("registrar", provider_id=provider_id))


@pytest.fixture
def platform(client: Tester, actor, clock) -> Caller:
    """The platform's people."""
    return client.as_(actor("platform_admin"))


@pytest.fixture
def neighbour(client: Tester, actor, clock) -> Caller:
    """A registrar of another provider."""
    return client.as_(actor("registrar", provider_id=testing.new_id()))


@pytest.fixture
def package_body(session: Session) -> Callable[..., dict[str, Any]]:
    """A package as its page would send it, with one official course."""

    def make(**changed: Any) -> dict[str, Any]:
        body = {
            "name": "线上班级班主任操作培训",
            "category_id": str(testing.category(session).id) if "category_id" not in changed else None,
            "subsidised": True,
            "introduction": "<p>介绍</p>",
            "play_order": "sequential",
            "minutes_per_class_hour": 45,
            "documents_count": True,
            "exam_needed": False,
            "exam_paper_version_id": None,
            "courses": [str(testing.course(session).id)] if "courses" not in changed else None,
        }
        return {**body, **changed}

    return make
