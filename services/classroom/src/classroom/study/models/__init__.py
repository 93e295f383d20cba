"""Tables of study: what a class asks for, who studies, and what is known to have been studied."""

from classroom.study.models.attempts import StudyAttempt
from classroom.study.models.classes import StudyClass, StudyItem, StudyState
from classroom.study.models.learners import StudyDay, StudyLearner
from classroom.study.models.progress import DocumentOpening, ItemProgress
from classroom.study.models.sessions import StudyPlay, StudyReport, StudySession

__all__ = [
    "DocumentOpening",
    "ItemProgress",
    "StudyAttempt",
    "StudyClass",
    "StudyDay",
    "StudyItem",
    "StudyLearner",
    "StudyPlay",
    "StudyReport",
    "StudySession",
    "StudyState",
]
