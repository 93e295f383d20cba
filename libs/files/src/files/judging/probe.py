"""A program of its own: what MediaInfo finds in the file on its standard input, as JSON on its standard output.

The library behind it is native code that reads whatever somebody uploads. A file of 3 KB kept it busy for a minute;
another may crash it. Here it takes nothing with it but this process, whose time and memory are bounded.
It imports nothing of ours, so that it starts quickly: `python probe.py <seconds> <bytes of memory>`.
"""

import json
import resource
import sys


def main(seconds: int, memory: int) -> None:
    """Read standard input, which must be a regular file."""
    from pymediainfo import MediaInfo

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = MediaInfo.parse(sys.stdin.buffer)
    general = found.general_tracks[0]
    videos = found.video_tracks
    timed = [track.duration for track in (*videos, general) if track.duration]
    said = {
        "container": general.format or "",
        "brand": (general.codec_id or "").strip(),
        "truncated": str(general.istruncated or "").lower() == "yes",
        "milliseconds": int(float(timed[0])) if timed else 0,
        "video": [track.format or "" for track in videos],
        "audio": [track.format or "" for track in found.audio_tracks],
        "width": int(videos[0].width or 0) if videos else 0,
        "height": int(videos[0].height or 0) if videos else 0,
    }
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
