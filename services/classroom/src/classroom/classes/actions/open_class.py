"""The second approval of an opening: the class opens (K14)."""

from __future__ import annotations

from datetime import datetime

from chassis.db import refusing
from chassis.errors import Unavailable
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.announce_class import announce_class
from classroom.classes.actions.move_class import move_class
from classroom.classes.events import announce_opened
from classroom.classes.models import Application, TrainingClass
from classroom.classes.queries.logs import review_log
from classroom.classes.queries.packages import package_of
from classroom.classes.rules.passwords import draw_password
from classroom.classes.rules.states import Step
from classroom.roster.events import announce_enrolments
from classroom.roster.queries.find_enrolments import whole_roster
from classroom.study.actions.open_class import open_class as open_study

TRIES = 20
"""With 100,000 open classes one draw in ten meets a taken password; twenty in a row never."""


class PasswordTaken(Unavailable):
    """No free class password was drawn."""

    code = "classroom.class.password_taken"
    title = "暂时无法生成班级密码"
    next_step = "请稍后重试。"


def open_class(
    session: Session, *, training_class: TrainingClass, application: Application, actor: Actor, now: datetime
) -> None:
    """Give the class its password, let study begin, and tell everybody. The class must be locked."""
    training_class.dealer_id = application.dealer_id
    _take_password(session, training_class=training_class, actor=actor, now=now)
    package = package_of(session, training_class=training_class)
    open_study(
        session,
        class_id=training_class.id,
        provider_id=training_class.provider_id,
        package=None if package is None else package.data,
        start_day=training_class.start_day,
        end_day=training_class.end_day,
        supervision=training_class.supervision,
        epoch=training_class.epoch,
        minutes_per_class_hour=training_class.minutes_per_class_hour,
        now=now,
    )
    announce_class(session, training_class=training_class, now=now)
    announce_opened(
        session,
        training_class=training_class,
        application=application,
        log=review_log(session, class_id=training_class.id),
        now=now,
    )
    announce_enrolments(session, enrolments=whole_roster(session, class_id=training_class.id), now=now)


def _take_password(session: Session, *, training_class: TrainingClass, actor: Actor, now: datetime) -> None:
    """Draw until the database takes one: it alone knows which are in use, also a moment from now."""
    for _ in range(TRIES):
        try:
            with refusing(session, {"uq_training_classes_open_password": PasswordTaken()}):
                training_class.class_password = draw_password()
                training_class.opened_at = now
                move_class(session, training_class=training_class, step=Step.OPEN, actor=actor, now=now)
        except PasswordTaken:
            continue
        return
    raise PasswordTaken(retry_after=5)
