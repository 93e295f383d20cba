"""Video that every browser plays: H.264 in MP4, VP8/VP9/AV1 in WebM."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from chassis.errors import Invalid, WrongMediaType

from files.judging.bounds import MIB, measured
from files.judging.mediainfo import tracks_of, whole_seconds

_PLAYED = {"MPEG-4": ("video/mp4", {"AVC", "AV1"}), "WebM": ("video/webm", {"VP8", "VP9", "AV1"})}


class NotAVideo(WrongMediaType):
    """The content is no MP4 and no WebM with a video in it, whatever the name says."""

    code = "files.video.not_a_video"
    title = "文件内容不是可播放的视频"
    next_step = "请上传 MP4 格式的视频；只改文件名不会改变格式。"


class VideoFormat(WrongMediaType):
    """A video in a format that not every browser plays."""

    code = "files.video.format"
    title = "视频编码不受浏览器支持"
    next_step = "请用剪辑或转码软件转成 H.264 编码的 MP4 后重新上传。"


class VideoDamaged(Invalid):
    """It begins like a video and is cut off, or has no duration."""

    code = "files.video.damaged"
    title = "视频不完整"
    next_step = "请在电脑上完整播放一遍，确认没有损坏后重新上传。"


@dataclass(frozen=True, kw_only=True)
class JudgedVideo:
    """What the content says about itself. `seconds` is what the file plays, read from the file."""

    content_type: str
    size: int
    seconds: int
    width: int
    height: int


def judge_video(stream: BinaryIO, *, max_bytes: int = 2048 * MIB) -> JudgedVideo:
    """The facts of a seekable video file that browsers play.

    Raises Oversized, Empty, NotAVideo, VideoFormat, VideoDamaged.
    """
    size = measured(stream, max_bytes=max_bytes)
    if not _begins_like_video(stream.read(16)):
        raise NotAVideo
    tracks = tracks_of(stream)
    if tracks.container not in _PLAYED:
        raise NotAVideo if not tracks.video else VideoFormat
    if tracks.truncated or (not tracks.video and not tracks.audio):
        raise VideoDamaged
    if not tracks.video:
        raise NotAVideo
    content_type, formats = _PLAYED[tracks.container]
    if tracks.video[0] not in formats or tracks.brand == "qt":
        raise VideoFormat(f"视频编码为 {tracks.video[0]}。")
    if not tracks.milliseconds:
        raise VideoDamaged
    return JudgedVideo(
        content_type=content_type,
        size=size,
        seconds=whole_seconds(tracks.milliseconds),
        width=tracks.width,
        height=tracks.height,
    )


def _begins_like_video(head: bytes) -> bool:
    """MP4's first box, or the EBML mark of WebM: a polyglot that only ends like one is not taken."""
    return head[4:8] == b"ftyp" or head[:4] == b"\x1a\x45\xdf\xa3"
