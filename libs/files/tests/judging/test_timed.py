"""Video and audio are judged by their content, and their duration is read from the file."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from files.judging import Empty, Oversized, judge_audio, judge_video
from files.judging.audio import NotAudio
from files.judging.mediainfo import MediaUnreadable, whole_seconds
from files.judging.video import NotAVideo, VideoDamaged, VideoFormat


def content(data: Path, name: str) -> io.BytesIO:
    return io.BytesIO((data / name).read_bytes())


@pytest.mark.parametrize(("name", "content_type"), [("clip.mp4", "video/mp4"), ("clip.webm", "video/webm")])
def test_the_duration_is_read_from_the_file(data: Path, name: str, content_type: str) -> None:
    judged = judge_video(content(data, name))
    assert (judged.content_type, judged.seconds, judged.width, judged.height) == (content_type, 2, 96, 54)
    assert judged.size == (data / name).stat().st_size


@pytest.mark.parametrize("name", ["hevc.mp4", "clip.mov"])
def test_video_that_not_every_browser_plays_is_refused_with_advice(data: Path, name: str) -> None:
    with pytest.raises(VideoFormat) as refused:
        judge_video(content(data, name))
    assert "H.264" in refused.value.next_step


@pytest.mark.parametrize("name", ["tone.mp3", "tone.m4a", "plain.pdf", "plain.xls"])
def test_anything_else_is_not_a_video(data: Path, name: str) -> None:
    with pytest.raises(NotAVideo):
        judge_video(content(data, name))


def test_a_script_is_not_a_video() -> None:
    with pytest.raises(NotAVideo):
        judge_video(io.BytesIO(b"#!/bin/sh\nrm -rf /\n" * 50))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_video_is_damaged(data: Path, share: float) -> None:
    whole = (data / "clip.mp4").read_bytes()
    with pytest.raises((VideoDamaged, NotAVideo)):
        judge_video(io.BytesIO(whole[: int(len(whole) * share)]))


def test_the_file_itself_is_left_whole_and_at_its_beginning(data: Path) -> None:
    padding = b"free" + bytes(300_000)
    whole = (data / "clip.mp4").read_bytes() + (len(padding) + 4).to_bytes(4, "big") + padding
    with tempfile.TemporaryFile() as stream:
        stream.write(whole)
        for _ in range(2):
            stream.seek(0)
            assert judge_video(stream).seconds == 2
            assert stream.read() == whole


def test_a_reader_that_takes_too_long_is_given_up(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("files.judging.mediainfo.SECONDS", 0.01)
    with pytest.raises(MediaUnreadable):
        judge_video(content(data, "clip.mp4"))


def test_a_forged_file_that_would_fill_the_memory_is_refused(data: Path) -> None:
    with pytest.raises((MediaUnreadable, VideoDamaged)):
        judge_video(content(data, "endless.mp4"))


def test_a_reader_that_dies_takes_nobody_with_it(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("files.judging.mediainfo.MEMORY", 2**20)
    with pytest.raises((MediaUnreadable, RuntimeError)):
        judge_video(content(data, "clip.mp4"))


def test_a_reader_that_cannot_be_started_is_our_own_fault(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("files.judging.mediainfo.PROBE", data / "missing.py")
    with pytest.raises(RuntimeError):
        judge_video(content(data, "clip.mp4"))


def test_size_is_looked_at_first(data: Path) -> None:
    with pytest.raises(Oversized):
        judge_video(content(data, "clip.mp4"), max_bytes=1000)
    with pytest.raises(Empty):
        judge_video(io.BytesIO())


@pytest.mark.parametrize(("name", "content_type"), [("tone.mp3", "audio/mpeg"), ("tone.m4a", "audio/mp4")])
def test_audio_is_taken_with_its_duration(data: Path, name: str, content_type: str) -> None:
    judged = judge_audio(content(data, name))
    assert (judged.content_type, judged.seconds) == (content_type, 2)


@pytest.mark.parametrize("name", ["clip.mp4", "plain.pdf"])
def test_a_video_is_not_audio(data: Path, name: str) -> None:
    with pytest.raises(NotAudio):
        judge_audio(content(data, name))


@pytest.mark.parametrize(("milliseconds", "seconds"), [(6000, 6), (6999, 6), (7000, 7), (400, 1)])
def test_durations_are_rounded_down_so_that_the_end_can_be_reached(milliseconds: int, seconds: int) -> None:
    assert whole_seconds(milliseconds) == seconds
