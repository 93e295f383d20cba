"""Damaged pictures and documents: a sentence comes back and no fault of ours. The seed is fixed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

from files.judging import judge_audio, judge_image, judge_pdf, judge_spreadsheet, judge_video
from files.mutants import is_taken, mutated, mutated_zip
from files.workbooks import saved
from openpyxl import Workbook
from PIL import Image

SEED = 20261130
Judge = Callable[[bytes], object]


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(out, kind)
    return out.getvalue()


def of_stream(judge: Callable[..., object]) -> Judge:
    return lambda content: judge(io.BytesIO(content))


def test_three_hundred_damaged_files_are_taken_or_refused_in_words(data: Path) -> None:
    bases: list[tuple[bytes, Judge]] = [
        (picture("JPEG"), judge_image),
        (picture("PNG"), judge_image),
        ((data / "plain.pdf").read_bytes(), of_stream(judge_pdf)),
        ((data / "plain.xls").read_bytes(), judge_spreadsheet),
        (saved(Workbook()), judge_spreadsheet),
    ]
    chance = random.Random(SEED)
    taken = 0
    for _ in range(300):
        content, judge = chance.choice(bases)
        change = mutated_zip if content.startswith(b"PK") and chance.random() < 0.7 else mutated
        taken += is_taken(judge, change(content, chance))
    assert 0 < taken < 300


def test_damaged_videos_and_sounds_are_taken_or_refused_in_words(data: Path) -> None:
    chance = random.Random(SEED)
    for name, judge in (("clip.mp4", judge_video), ("clip.webm", judge_video), ("tone.mp3", judge_audio)):
        content = (data / name).read_bytes()
        for _ in range(2):  # each is read by a process of its own
            is_taken(of_stream(judge), mutated(content, chance))
