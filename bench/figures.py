"""What is measured and what it is held against."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class BenchFailed(Exception):
    """Something was not measured as it should be: a wrong answer, work that was not done, a limit of time."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """The limit of a measure: of its ratio to the floor when it has one, else of its value."""

    limit: float
    least: bool = True
    """The limit is the least that is good, else the most."""

    def met(self, value: float) -> bool:
        """Whether the value is good."""
        return value >= self.limit if self.least else value <= self.limit

    def shown(self) -> str:
        """As the table has it."""
        return f"{'≥' if self.least else '≤'} {self.limit:g}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table."""

    name: str
    title: str
    value: float
    unit: str
    bar: Bar
    floor: float | None = None
    floor_title: str = ""
    judged: bool = True
    """Whether the bar is for the ratio where there is a floor; a floor may also be there only to compare with."""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """The value as a part of its floor."""
        return None if not self.floor else self.value / self.floor

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        ratio = self.ratio
        return self.bar.met(self.value if ratio is None or not self.judged else ratio)

    def as_json(self) -> dict[str, Any]:
        """For the file of results."""
        return {
            "name": self.name,
            "title": self.title,
            "value": round(self.value, 4),
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 4),
            "floor_title": self.floor_title,
            "ratio": None if self.ratio is None else round(self.ratio, 4),
            "bar": {"limit": self.bar.limit, "least": self.bar.least, "of": self._of()},
            "met": self.met,
            "details": self.details,
        }

    def _of(self) -> str:
        return "value" if self.ratio is None or not self.judged else "ratio"


def median(values: Sequence[float]) -> float:
    """The middle of the rounds."""
    return float(statistics.median(values))


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part (0.99) of them does not exceed, by the nearest rank."""
    if not values:
        raise BenchFailed("there is nothing to take a percentile of")
    ordered = sorted(values)
    rank = -(-len(ordered) * round(part * 1000) // 1000)
    return ordered[max(rank, 1) - 1]
