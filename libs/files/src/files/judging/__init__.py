"""Uploads judged by what they contain. Names and declared types say nothing."""

from files.judging.audio import JudgedAudio, judge_audio
from files.judging.bounds import Empty, Oversized
from files.judging.image import JudgedImage, Shades, judge_image, shades_of
from files.judging.pdf import JudgedDocument, judge_pdf
from files.judging.spreadsheet import JudgedSpreadsheet, judge_spreadsheet
from files.judging.video import JudgedVideo, judge_video

__all__ = [
    "Empty",
    "JudgedAudio",
    "JudgedDocument",
    "JudgedImage",
    "JudgedSpreadsheet",
    "JudgedVideo",
    "Oversized",
    "Shades",
    "judge_audio",
    "judge_image",
    "judge_pdf",
    "judge_spreadsheet",
    "judge_video",
    "shades_of",
]
