"""A program of its own: what MediaInfo finds in the file on its standard input, as JSON on its standard output.

The library behind it is native code that reads whatever somebody uploads. A file of 3 KB kept it busy for a minute;
another may crash it. Here it takes nothing with it but this process, whose time and memory are bounded.
It imports nothing of ours, so that it starts quickly: `python probe.py <seconds> <bytes of memory>`.
"""

import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymediainfo import MediaInfo

UNREADABLE = 3
"""Ends with this when it gets lost in the file; with another when it does not run itself."""


def main(seconds: int, memory: int) -> None:
    """Read standard input, which must be a regular file."""
    from pymediainfo import MediaInfo

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if not MediaInfo.can_parse():
        raise RuntimeError("the library is not there")
    try:
        said = _facts(MediaInfo.parse(sys.stdin.buffer))
    except Exception:  # noqa: BLE001 - it raises anything for a forged file
        sys.exit(UNREADABLE)
    json.dump(said, sys.stdout)


def _facts(found: "MediaInfo") -> "dict[str, object]":
    general = found.general_tracks[0]
    videos = found.video_tracks
    timed = [track.duration for track in (*videos, general) if track.duration]
    return {
        "container": general.format or "",
        "brand": (general.codec_id or "").strip(),
        "truncated": str(general.istruncated or "").lower() == "yes",
        "milliseconds": int(float(timed[0])) if timed else 0,
        "video": [track.format or "" for track in videos],
        "audio": [track.format or "" for track in found.audio_tracks],
        "width": int(videos[0].width or 0) if videos else 0,
        "height": int(videos[0].height or 0) if videos else 0,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
