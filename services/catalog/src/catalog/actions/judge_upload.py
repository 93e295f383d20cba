"""C10, C2: what an uploaded file really is, and how long a video plays."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, BinaryIO

import sqlalchemy as sa
from chassis.db import after_commit, locked
from chassis.errors import Failure
from files import Store
from files.judging import judge_audio, judge_image, judge_pdf, judge_video
from sqlalchemy.orm import Session

from catalog.models import Medium, Upload, UploadPart
from catalog.rules.uploads import MAX_BYTES, MediaKind


def judged(file: BinaryIO, *, kind: MediaKind) -> dict[str, Any]:
    """The facts of a seekable file that is what it should be; raises the failure that says what it is not."""
    most = MAX_BYTES[kind]
    if kind is MediaKind.DOCUMENT:
        return {"content_type": judge_pdf(file, max_bytes=most).content_type}
    if kind is MediaKind.AUDIO:
        audio = judge_audio(file, max_bytes=most)
        return {"content_type": audio.content_type, "seconds": audio.seconds}
    if kind is MediaKind.VIDEO:
        seen = judge_video(file, max_bytes=most)
        size = {"width": seen.width, "height": seen.height}
        return {"content_type": seen.content_type, "seconds": seen.seconds, **size}
    image = judge_image(file, max_bytes=most)
    return {"content_type": image.content_type, "width": image.width, "height": image.height}


def accept(session: Session, media_id: uuid.UUID, *, key: str, facts: dict[str, Any], now: datetime) -> bool:
    """The medium is ready. False when it was decided before: the job was run twice."""
    medium = locked(session, Medium, media_id)
    if medium is None or medium.state != "processing":
        return False
    medium.state, medium.key, medium.updated_at = "ready", key, now
    for name, value in facts.items():
        setattr(medium, name, value)
    session.flush()
    return True


def refuse(session: Session, media_id: uuid.UUID, *, failure: Failure, now: datetime) -> bool:
    """The medium is refused, and its page says why and what to do. False when it was decided before."""
    medium = locked(session, Medium, media_id)
    if medium is None or medium.state != "processing":
        return False
    medium.state, medium.updated_at = "refused", now
    medium.refusal_code = failure.code
    medium.refusal_reason = failure.detail or failure.title
    medium.refusal_next_step = failure.next_step
    session.flush()
    return True


def drop_parts(session: Session, upload: Upload, *, store: Store) -> None:
    """Forget the parts of an upload; their bytes go once that is committed."""
    keys = list(session.scalars(sa.select(UploadPart.key).where(UploadPart.upload_id == upload.id)))
    session.execute(sa.delete(UploadPart).where(UploadPart.upload_id == upload.id))

    def delete_bytes() -> None:
        for key in keys:
            store.delete(key)

    after_commit(session, delete_bytes)
