"""What MediaInfo finds in a file: its tracks, formats and duration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from pymediainfo import MediaInfo


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
    """Read the facts of a seekable file, which is left at its beginning. Unknown content has no tracks."""
    stream.seek(0)
    found = MediaInfo.parse(stream)
    stream.seek(0)
    general: Any = found.general_tracks[0]
    videos: list[Any] = found.video_tracks
    timed = [track.duration for track in (*videos, general) if track.duration]
    return Tracks(
        container=general.format or "",
        brand=(general.codec_id or "").strip(),
        truncated=str(general.istruncated or "").lower() == "yes",
        milliseconds=int(float(timed[0])) if timed else 0,
        video=[track.format or "" for track in videos],
        audio=[track.format or "" for track in found.audio_tracks],
        width=int(videos[0].width or 0) if videos else 0,
        height=int(videos[0].height or 0) if videos else 0,
    )


def whole_seconds(milliseconds: int) -> int:
    """A duration as whole seconds, rounded down so that playing to the end reaches it; at least one."""
    return max(1, milliseconds // 1000)
