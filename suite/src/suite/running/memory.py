"""How much memory processes really take: their proportional share (PSS) of what they share."""

import os
from collections.abc import Iterator
from pathlib import Path


def pss_kib(pid: int) -> int:
    """The proportional set size of one process in KiB; 0 when it is gone or the system does not tell."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        return 0
    return 0


def family(pid: int) -> Iterator[int]:
    """A process and all that descend from it."""
    yield pid
    for child in _children(pid):
        yield from family(child)


def _children(pid: int) -> list[int]:
    """The children of all threads of a process; it may end while this looks at it."""
    tasks = Path(f"/proc/{pid}/task")
    found: list[int] = []
    try:
        for task in tasks.iterdir():
            found += (int(child) for child in (task / "children").read_text(encoding="ascii").split())
    except OSError:
        return found
    return found


def of_family(pid: int) -> int:
    """The PSS of a process and its descendants in KiB."""
    return sum(pss_kib(member) for member in family(pid))


def of_suite() -> int:
    """The PSS of this process and all below it in KiB."""
    return of_family(os.getpid())
