"""Whose things a viewer sees: a provider its own, a dealer its own, the platform all. Nobody else anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, true


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """An account that holds roles on several sides sees what each of them sees."""

    provider_id: UUID | None = None
    dealer_id: UUID | None = None
    platform: bool = False

    def sees(self, model: Any) -> ColumnElement[bool]:
        """The condition on a table that has `provider_id` and `dealer_id`."""
        if self.platform:
            return true()
        sides: list[ColumnElement[bool]] = [false()]
        if self.provider_id is not None:
            sides.append(model.provider_id == self.provider_id)
        if self.dealer_id is not None:
            sides.append(model.dealer_id == self.dealer_id)
        return or_(*sides)
