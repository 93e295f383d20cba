"""Declarations of consumers."""

from __future__ import annotations

from typing import Any

import pytest
from bus import Consumer, project, react


def nothing(*_: Any) -> None:
    """A handler."""


def test_a_consumer_belongs_to_the_service_in_its_name() -> None:
    assert (
        Consumer("billing.reactions", {"classroom.class.graduated.v1": react(nothing)}).service == "billing"
    )


@pytest.mark.parametrize(
    "name", ["billing", "billing.", "Billing.reactions", "billing.a.b", "billing.reactions "]
)
def test_another_form_of_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"<service>\.<purpose>"):
        Consumer(name, {})


def test_a_key_that_is_no_event_type_is_refused() -> None:
    with pytest.raises(ValueError, match="not an event type"):
        Consumer("billing.reactions", {"classroom.class.graduated": project(nothing)})
