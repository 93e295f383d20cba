"""Tables of the exam service and their constraints."""

from exam.models.attempts import Attempt, SavedAnswer
from exam.models.base import db
from exam.models.classes import ClassClosing, ClassExam, ClassGate, ClassLearner
from exam.models.papers import Paper, PaperQuestion, PaperVersion, VersionQuestion
from exam.models.questions import Question

__all__ = [
    "Attempt",
    "ClassClosing",
    "ClassExam",
    "ClassGate",
    "ClassLearner",
    "Paper",
    "PaperQuestion",
    "PaperVersion",
    "Question",
    "SavedAnswer",
    "VersionQuestion",
    "db",
]
