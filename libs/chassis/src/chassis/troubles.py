"""What was away or full lately, as this process met it: for readiness and metrics.

A store or a disk that is full stops some writes and no reads, so it makes no process unready; it is named and counted.
"""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from prometheus_client import Counter
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

Trouble = Literal["database", "disk", "store"]

LATELY = 60.0
"""Seconds for which a trouble is shown after it was met."""
LOW = 256 * 2**20
"""Bytes free on the disk of var/ below which it counts as full: databases on files, queues and uploads lie there."""
DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE})

MET = Counter(
    "kaike_away_total", "How often the database, the file store or the disk was away or full", ["what"]
)
_met_at: dict[Trouble, float] = {}


def met(what: Trouble) -> None:
    """Note that it was away or full just now."""
    MET.labels(what=what).inc()
    _met_at[what] = time.monotonic()


def begin() -> None:
    """A process that begins to answer has met nothing yet."""
    _met_at.clear()


def is_disk_trouble(error: BaseException) -> bool:
    """Whether this is the machine's own disk, or what else it has run out of, and no fault of the code."""
    return isinstance(error, OSError) and error.errno in DISK_ERRORS


def lately(var: Path) -> list[Trouble]:
    """What was met in the last minute, and the disk of `var` when it is nearly full."""
    now = time.monotonic()
    found = {what for what, at in _met_at.items() if now - at < LATELY}
    if free_bytes(var) < LOW:
        found.add("disk")
    return sorted(found)


def free_bytes(folder: Path) -> float:
    """Bytes free where this folder lies, or will lie; NaN where the disk does not even say that."""
    try:
        return shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    except OSError:
        return float("nan")


class DiskCollector(Collector):
    """The free space of one folder's disk, read at each scrape."""

    def __init__(self, folder: Path) -> None:
        """Usually var/."""
        self._folder = folder

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """For Prometheus."""
        yield GaugeMetricFamily(
            "kaike_disk_free_bytes", "Free space on the disk of var/", value=free_bytes(self._folder)
        )
