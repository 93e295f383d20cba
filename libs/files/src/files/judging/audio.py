"""Audio that every browser plays: MP3, or AAC in MP4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from chassis.errors import WrongMediaType

from files.judging.bounds import MIB, measured
from files.judging.mediainfo import tracks_of, whole_seconds

_PLAYED = {"MPEG Audio": "audio/mpeg", "MPEG-4": "audio/mp4"}
_FORMATS = {"MPEG Audio", "AAC"}


class NotAudio(WrongMediaType):
    """The content is no MP3 and no M4A, whatever the name says."""

    code = "files.audio.not_audio"
    title = "文件内容不是可播放的音频"
    next_step = "请上传 MP3 或 M4A 格式的音频；只改文件名不会改变格式。"


@dataclass(frozen=True, kw_only=True)
class JudgedAudio:
    """What the content says about itself."""

    content_type: str
    size: int
    seconds: int


def judge_audio(stream: BinaryIO, *, max_bytes: int = 100 * MIB) -> JudgedAudio:
    """The facts of a seekable audio file that browsers play. Raises Oversized, Empty, NotAudio."""
    size = measured(stream, max_bytes=max_bytes)
    tracks = tracks_of(stream)
    known = tracks.container in _PLAYED and set(tracks.audio) & _FORMATS
    if not known or tracks.video or not tracks.milliseconds:
        raise NotAudio
    return JudgedAudio(
        content_type=_PLAYED[tracks.container], size=size, seconds=whole_seconds(tracks.milliseconds)
    )
