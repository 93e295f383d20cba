"""The exam service: question bank, papers, exams of classes and attempts."""

from bus import Consumer, access_consumer, project, react
from chassis.config import Settings
from chassis.jobs import Periodic
from chassis.service import Service
from chassis.web import build_app
from flask import Flask

from exam import events
from exam.api import attempts, class_attempts, papers, questions
from exam.api.permissions import PERMISSIONS
from exam.jobs import overdue
from exam.models import db
from exam.reactions.class_changed import clear_classes, clear_learners, keep_classes, keep_learners
from exam.reactions.class_closing import when_class_closes_hand_in

SERVICE = Service(
    name="exam",
    title="Kaike 考试",
    db=db,
    blueprints=(questions.blp, papers.blp, attempts.blp, class_attempts.blp),
    permissions=PERMISSIONS,
    consumers=(
        access_consumer("exam"),
        Consumer(
            "exam.projections",
            {
                "classroom.class.changed.v1": project(keep_classes, clear=clear_classes),
                "classroom.enrolment.changed.v1": project(keep_learners, clear=clear_learners),
            },
        ),
        Consumer("exam.reactions", {"classroom.class.closing.v1": react(when_class_closes_hand_in)}),
    ),
    announces={events.PAPER_PUBLISHED: events.present_papers},
    periodic=(Periodic("hand-in-overdue", overdue.SECONDS, overdue.hand_in_what_ran_out),),
    trusts=("identity", "classroom", "supervision"),
)


def create_app(settings: Settings | None = None) -> Flask:
    """The web application."""
    return build_app(SERVICE, settings)
