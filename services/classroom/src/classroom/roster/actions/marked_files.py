"""Keeping a marked file for a while, giving it out once more, and removing it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.ids import new_id
from files import FileMissing, Links, Store
from files.judging.spreadsheet import XLSX
from sqlalchemy.orm import Session

from classroom.roster.models import MarkedFile

LIFETIME = timedelta(minutes=30)
PURPOSE = "roster-marked-file"


def keep_marked(
    session: Session, *, class_id: uuid.UUID, data: bytes, store: Store, links: Links, now: datetime
) -> str:
    """Put the file into the store; returns the token of its link, good for 30 minutes."""
    kept = MarkedFile(
        id=new_id(),
        class_id=class_id,
        store_key=store.put(data, content_type=XLSX, prefix="roster-marked"),
        expires_at=now + LIFETIME,
    )
    session.add(kept)
    session.flush()
    return links.make(str(kept.id), purpose=PURPOSE, expires_at=kept.expires_at)


def read_marked(session: Session, *, token: str, store: Store, links: Links, now: datetime) -> bytes:
    """The file behind a link. Raises LinkBroken, LinkExpired or FileMissing."""
    kept = session.get(MarkedFile, uuid.UUID(links.read(token, purpose=PURPOSE, now=now)))
    if kept is None:
        raise FileMissing
    return store.open(kept.store_key).read()


def remove_expired(session: Session, *, store: Store, now: datetime) -> int:
    """Delete what nobody can reach any more; returns how many files."""
    gone = list(session.scalars(sa.select(MarkedFile).where(MarkedFile.expires_at <= now)))
    for each in gone:
        store.delete(each.store_key)
        session.delete(each)
    session.flush()
    return len(gone)
