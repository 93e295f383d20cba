"""The demo's media: two short videos with sound and a PDF, real files, uploaded like anybody's."""

from __future__ import annotations

from importlib.resources import files

VIDEOS = ("lesson-1.mp4", "lesson-2.mp4")
"""H.264 in MP4, 6 and 5 seconds long."""
DOCUMENT = "reading.pdf"


def demo_file(name: str) -> bytes:
    """The bytes of one of the files above."""
    return files(__name__).joinpath(name).read_bytes()
