"""How long a learner has been studying without a break (S6)."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from supervision.models import Model


class StudyStreak(Model):
    """An enrolment's last unbroken row of study passes; it decides who has grace."""

    __tablename__ = "study_streaks"
    __table_args__ = (CheckConstraint("since < until", name="ck_study_streaks_order"),)

    enrolment_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    until: Mapped[datetime]
