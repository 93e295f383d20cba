"""The log files of the processes in ``var/log``: one each, kept from growing without end."""

import contextlib
import shutil
from pathlib import Path

LARGEST = 20 * 1024 * 1024


def file_of(folder: Path, name: str) -> Path:
    """Where the process ``name`` writes."""
    return folder / "log" / f"{name.replace('/', '-')}.log"


def trim(folder: Path) -> None:
    """Move what outgrew its size to ``….log.1``; writers append, so they go on in the emptied file."""
    for file in (folder / "log").glob("*.log"):
        with contextlib.suppress(FileNotFoundError):
            if file.stat().st_size > LARGEST:
                shutil.copyfile(file, file.with_suffix(".log.1"))
                with file.open("r+b") as content:
                    content.truncate(0)


def last_lines(file: Path, *, count: int = 3) -> str:
    """The end of a log, for the person at the terminal."""
    with contextlib.suppress(OSError):
        lines = [line for line in file.read_text(errors="replace").splitlines() if line.strip()]
        return "\n".join(f"    {line[:300]}" for line in lines[-count:])
    return ""
