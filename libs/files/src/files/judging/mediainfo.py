"""What MediaInfo finds in a file: its tracks, formats and duration. It runs in a process of its own, see probe.py."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chassis.errors import Invalid

from files.judging.probe import UNREADABLE

PROBE = Path(__file__).with_name("probe.py")
SECONDS = 60.0
MEMORY = 2**30


class MediaUnreadable(Invalid):
    """Whoever reads it gets lost in it: forged, or very badly made."""

    code = "files.media.unreadable"
    title = "无法识别文件内容"
    next_step = "请用剪辑或转码软件重新导出后再上传。"


@dataclass(frozen=True, kw_only=True)
class Tracks:
    """The general facts and the formats of the tracks of one file."""

    container: str
    brand: str
    truncated: bool
    milliseconds: int
    video: Sequence[str]
    audio: Sequence[str]
    width: int
    height: int


def tracks_of(stream: BinaryIO) -> Tracks:
    """Read the facts of a seekable file, which is left at its beginning. Unknown content has no tracks.

    Raises MediaUnreadable when the reader takes too long, needs too much or dies.
    """
    command = [sys.executable, "-I", str(PROBE), str(max(1, int(SECONDS))), str(MEMORY)]
    try:
        with _as_file(stream) as file:
            done = subprocess.run(command, stdin=file, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise MediaUnreadable from None
    finally:
        # The reader shared the file's place and moved it. Only a seek from the end makes Python look where it is.
        stream.seek(0, io.SEEK_END)
        stream.seek(0)
    if done.returncode < 0 or done.returncode == UNREADABLE:
        raise MediaUnreadable
    if done.returncode:
        # Its words end with what failed; they say nothing of the file's content.
        raise RuntimeError(f"the media reader does not run: {done.stderr.decode(errors='replace')[-300:]}")
    return Tracks(**json.loads(done.stdout))


@contextmanager
def _as_file(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The stream itself at its beginning, or a copy on the disk of what is only in memory."""
    stream.seek(0)
    try:
        descriptor = stream.fileno()
    except (AttributeError, io.UnsupportedOperation):
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            copy.seek(0)
            yield copy
        return
    # What Python has read ahead of its place must not count for the reader.
    io.FileIO(descriptor, closefd=False).seek(0)
    yield stream


def whole_seconds(milliseconds: int) -> int:
    """A duration as whole seconds, rounded down so that playing to the end reaches it; at least one."""
    return max(1, milliseconds // 1000)
