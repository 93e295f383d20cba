"""A graduation that is applied for before the class's last day (K27): allowed, and never without a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Early:
    """What is given away: days, and the learners who could have used them. `unfinished` includes `not_joined`."""

    days_left: int
    unfinished: int
    not_joined: int

    @property
    def message(self) -> str:
        """The sentence for applicant and reviewers."""
        without = f"（其中 {self.not_joined} 人未加入）" if self.not_joined else ""
        learners = (
            f"还有 {self.unfinished} 名学员没有全部学完{without}" if self.unfinished else "学员已全部学完"
        )
        return f"提交结业时距结课日期还有 {self.days_left} 天，{learners}。"


def days_left(*, end_day: date, today: date) -> int:
    """Whole days from `today` to the last day; 0 on it and after it."""
    return max(0, (end_day - today).days)
