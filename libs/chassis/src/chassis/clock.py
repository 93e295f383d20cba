"""Time: kept in UTC, reckoned in Asia/Shanghai. Read once at the edge and handed inward as an argument."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class TestClockRefused(RuntimeError):
    """A test clock outside tests would let anyone move deadlines."""

    __test__ = False


def now() -> datetime:
    """The present moment, aware, in UTC. In tests, moved by the file that `KAIKE_TEST_CLOCK` names."""
    return datetime.now(UTC) + _offset()  # noqa: TID251 - the one place that reads it


def shanghai_day(moment: datetime) -> date:
    """The Shanghai calendar day that `moment` falls on."""
    return moment.astimezone(SHANGHAI).date()


def shanghai_midnight(day: date) -> datetime:
    """The first moment of the Shanghai `day`, in UTC."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def move_test_clock(path: Path, offset: timedelta) -> None:
    """Move the clock of every process that was started with `KAIKE_TEST_CLOCK=path`."""
    fresh = path.with_suffix(".new")
    fresh.write_text(str(offset.total_seconds()))
    fresh.replace(path)


def _offset() -> timedelta:
    path = os.environ.get("KAIKE_TEST_CLOCK")
    if not path:
        return timedelta()
    if os.environ.get("KAIKE_ENV") != "test":
        raise TestClockRefused("KAIKE_TEST_CLOCK is only for KAIKE_ENV=test")
    try:
        return timedelta(seconds=float(Path(path).read_text()))
    except FileNotFoundError:
        return timedelta()
