"""Who looked at which face photo (X6)."""

import uuid
from datetime import datetime

from chassis.db import HasId
from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from supervision.models.base import Model


class PhotoView(Model, HasId):
    """A link to a photo that was given out. Rows are only added."""

    __tablename__ = "photo_views"
    __table_args__ = (
        CheckConstraint("kind IN ('check_in')", name="ck_photo_views_kind"),
        Index("ix_photo_views_photo", "photo_id", "viewed_at"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    photo_id: Mapped[uuid.UUID]
    provider_id: Mapped[uuid.UUID]
    viewer_id: Mapped[uuid.UUID]
    viewed_at: Mapped[datetime]
    link_ends_at: Mapped[datetime]
