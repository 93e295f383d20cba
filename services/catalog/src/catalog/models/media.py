"""C10: media, and the uploads that they come from."""

from __future__ import annotations

import uuid
from datetime import datetime

from chassis.db import HasId, HasTimes
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.models.base import Model

_KINDS = "('video', 'document', 'audio', 'image', 'cover')"


class Medium(HasId, HasTimes, Model):
    """A video, document, picture or sound: processing until judged by content, then ready or refused.

    A ready one is either a file of ours (`key`) or a link to somewhere else (`url`); neither ever changes.
    """

    __tablename__ = "media"
    __table_args__ = (
        CheckConstraint(f"kind IN {_KINDS}", name="ck_media_kind"),
        CheckConstraint("state IN ('processing', 'ready', 'refused')", name="ck_media_state"),
        CheckConstraint("state <> 'ready' OR (key IS NULL) <> (url IS NULL)", name="ck_media_place"),
        CheckConstraint(
            "state <> 'ready' OR kind <> 'video' OR (seconds IS NOT NULL AND seconds > 0)",
            name="ck_media_video_seconds",
        ),
        CheckConstraint("(state = 'refused') = (refusal_code IS NOT NULL)", name="ck_media_refusal"),
    )

    provider_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    key: Mapped[str | None] = mapped_column(String(250))
    url: Mapped[str | None] = mapped_column(String(1000))
    content_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None] = mapped_column(BigInteger)
    seconds: Mapped[int | None] = mapped_column(Integer)
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    refusal_code: Mapped[str | None] = mapped_column(String(80))
    refusal_reason: Mapped[str | None] = mapped_column(String(300))
    refusal_next_step: Mapped[str | None] = mapped_column(String(300))
    created_by: Mapped[uuid.UUID]


class Upload(HasId, HasTimes, Model):
    """A file on its way, in parts. At its end it becomes a medium."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint(f"kind IN {_KINDS}", name="ck_uploads_kind"),
        CheckConstraint("received BETWEEN 0 AND size", name="ck_uploads_received"),
        CheckConstraint("(received = size) = (media_id IS NOT NULL)", name="ck_uploads_finished"),
    )

    provider_id: Mapped[uuid.UUID | None]
    created_by: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    media_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("media.id"), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    parts: Mapped[list[UploadPart]] = relationship(order_by="UploadPart.start", viewonly=True)


class UploadPart(Model):
    """Bytes of an upload, kept as an object of their own until the upload is judged."""

    __tablename__ = "upload_parts"
    __table_args__ = (CheckConstraint("length > 0", name="ck_upload_parts_length"),)

    upload_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True
    )
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    length: Mapped[int] = mapped_column(Integer)
    key: Mapped[str] = mapped_column(String(250))
