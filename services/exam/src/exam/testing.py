"""Builders for tests: papers, classes, tickets."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import shanghai_day
from chassis.ids import new_id
from chassis.web.fields import moment_text
from sqlalchemy.orm import Session

from exam.actions.keep_classes import keep_classes, keep_learners
from exam.actions.publish_paper import publish_paper
from exam.actions.write_paper import PaperDraft, create_paper
from exam.actions.write_questions import QuestionDraft, write_questions
from exam.models import Attempt, Paper, PaperVersion
from exam.rules.papers import PaperKind
from exam.rules.presentation import to_shown
from exam.rules.questions import Option, QuestionKind
from exam.rules.shelves import Shelf
from exam.rules.tickets import Item, Ticket

OPTIONS = tuple(Option(key=key, text=f"选项{key}") for key in "ABCD")
THREE_KINDS = (
    QuestionDraft(
        kind=QuestionKind.SINGLE_CHOICE, text="单选", options=OPTIONS, answer=("A",), explanation="解析"
    ),
    QuestionDraft(kind=QuestionKind.MULTIPLE_CHOICE, text="多选", options=OPTIONS, answer=("A", "C")),
    QuestionDraft(kind=QuestionKind.TRUE_FALSE, text="判断", options=(), answer=("F",)),
)
"""One question of each kind; right are A, AC and F in the bank's letters."""


def published_paper(
    session: Session,
    *,
    now: datetime,
    kind: PaperKind = PaperKind.EXAM,
    provider_id: uuid.UUID | None = None,
    seconds: int = 900,
    shuffled: bool = False,
    points: tuple[int, ...] = (20, 50, 30),
) -> PaperVersion:
    """A published paper with one question of each kind: 100 points in all, passed with 60."""
    shelf = Shelf(provider_id)
    questions = write_questions(session, drafts=THREE_KINDS, shelf=shelf, now=now)
    draft = PaperDraft(
        title="结业考试",
        pass_score=60,
        seconds=seconds,
        shuffle_questions=shuffled,
        shuffle_options=shuffled,
        questions=tuple((question.id, score) for question, score in zip(questions, points, strict=True)),
    )
    paper = create_paper(session, kind=kind, draft=draft, shelf=shelf, now=now)
    return publish_paper(session, paper_id=paper.id, shelf=shelf, publisher=new_id(), now=now)


def next_version(session: Session, version: PaperVersion, *, now: datetime) -> PaperVersion:
    """The paper's next published version: another title, the same questions."""
    paper = session.get_one(Paper, version.paper_id)
    paper.title += "（修订）"
    session.flush()
    shelf = Shelf(paper.provider_id)
    return publish_paper(session, paper_id=paper.id, shelf=shelf, publisher=new_id(), now=now)


@dataclass(kw_only=True)
class Classroom:
    """A class with one learner, as classroom would announce and sign it."""

    now: datetime
    paper_version_id: uuid.UUID | None = None
    class_id: uuid.UUID = field(default_factory=new_id)
    provider_id: uuid.UUID = field(default_factory=new_id)
    enrolment_id: uuid.UUID = field(default_factory=new_id)
    account_id: uuid.UUID = field(default_factory=new_id)
    teacher_id: uuid.UUID = field(default_factory=new_id)
    epoch: int = 1
    attempts: int = 3
    seconds: int = 900
    state: str = "open"
    version: int = 1
    name: str = "王小明"
    opens_in: timedelta = timedelta(hours=-1)
    closes_in: timedelta = timedelta(hours=4)
    answers_shown: str = "after_window"

    def announce(self, session: Session) -> None:
        """Let the projections hear of class and enrolment."""
        keep_classes(session, [(self.version, self.class_data())], now=self.now)
        keep_learners(session, [(self.version, self.enrolment_data())])
        session.flush()

    def class_data(self) -> dict[str, Any]:
        """The data of classroom.class.changed.v1."""
        today = shanghai_day(self.now)
        exam = {
            "paper_version_id": str(self.paper_version_id),
            "opens_at": moment_text(self.now + self.opens_in),
            "closes_at": moment_text(self.now + self.closes_in),
            "attempts": self.attempts,
            "seconds": self.seconds,
            "answers_shown": self.answers_shown,
        }
        return {
            "class_id": str(self.class_id),
            "provider_id": str(self.provider_id),
            "dealer_id": None,
            "name": "某企业某岗位第几班",
            "type": "vocational_skill",
            "state": self.state,
            "epoch": self.epoch,
            "start_day": str(today - timedelta(days=1)),
            "end_day": str(today + timedelta(days=5)),
            "region": {"province": "北京市", "city": "北京市", "district": "朝阳区"},
            "planned_headcount": 11,
            "package": None,
            "supervision": {
                "real_name": True,
                "check_in": "off",
                "daily_video_hours": None,
                "study_windows": [],
            },
            "exam": exam if self.paper_version_id else None,
            "policy_version": 1,
            "teachers": [str(self.teacher_id)],
        }

    def enrolment_data(self) -> dict[str, Any]:
        """The data of classroom.enrolment.changed.v1."""
        return {
            "enrolment_id": str(self.enrolment_id),
            "class_id": str(self.class_id),
            "account_id": str(self.account_id),
            "name": self.name,
            "joined_at": moment_text(self.now),
            "removed": False,
        }

    def ticket(self, **changes: Any) -> Ticket:
        """The enrolment ticket, read."""
        facts = {
            "account_id": self.account_id,
            "enrolment_id": self.enrolment_id,
            "class_id": self.class_id,
            "provider_id": self.provider_id,
            "policy_version": 1,
            "epoch": self.epoch,
        }
        return Ticket(**{**facts, **changes})

    def claims(self, **changes: Any) -> dict[str, Any]:
        """The claims of the enrolment ticket."""
        said = {
            "sub": str(self.account_id),
            "enr": str(self.enrolment_id),
            "cls": str(self.class_id),
            "prv": str(self.provider_id),
            "pkg": None,
            "pol": 1,
            "epoch": self.epoch,
            "matched": True,
        }
        return {**said, **changes}

    def item_claims(self, item: Item, **changes: Any) -> dict[str, Any]:
        """The claims of an item ticket."""
        said = {
            "id": str(item.item_id),
            "kind": item.kind,
            "media_id": None,
            "paper_version_id": str(item.paper_version_id),
            "seconds": 0,
        }
        return {**self.claims(**changes), "item": said}

    def pass_claims(self, use: str, **changes: Any) -> dict[str, Any]:
        """The claims of a study pass."""
        said = {
            "sub": str(self.account_id),
            "enr": str(self.enrolment_id),
            "cls": str(self.class_id),
            "epoch": self.epoch,
            "use": use,
        }
        return {**said, **changes}


def item_of_course(paper: PaperVersion) -> Item:
    """A course item that asks this paper."""
    return Item(item_id=new_id(), kind=paper.kind, paper_version_id=paper.id)


def right_letters(attempt: Attempt) -> dict[uuid.UUID, list[str]]:
    """Per question id the right answer in the letters that this attempt shows."""
    asked = {str(question.question_id): question for question in attempt.paper.questions}
    return {
        uuid.UUID(shown["question_id"]): to_shown(
            kind=QuestionKind(shown["kind"]),
            options=shown["options"],
            keys=asked[shown["question_id"]].answer,
        )
        for shown in attempt.question_order
    }
