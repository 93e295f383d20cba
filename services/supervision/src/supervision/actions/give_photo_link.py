"""A link to a face photo is given out, and it is written down to whom (X6)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.ids import new_id
from files import Links
from sqlalchemy.orm import Session

from supervision.models import PhotoView

LIFETIME = timedelta(minutes=5)
PURPOSE = "photo"


@dataclass(frozen=True, kw_only=True)
class PhotoLink:
    """The token that leads to a photo, and when it ends."""

    token: str
    expires_at: datetime


def give_photo_link(
    session: Session,
    *,
    photo_id: uuid.UUID,
    provider_id: uuid.UUID,
    viewer_id: uuid.UUID,
    key: str,
    content_type: str,
    links: Links,
    now: datetime,
) -> PhotoLink:
    """Log the look and make the link, which leads to the photo for five minutes."""
    ends = now + LIFETIME
    view = PhotoView(
        id=new_id(),
        kind="check_in",
        photo_id=photo_id,
        provider_id=provider_id,
        viewer_id=viewer_id,
        viewed_at=now,
        link_ends_at=ends,
    )
    session.add(view)
    session.flush()
    token = links.make(f"{content_type} {key}", purpose=PURPOSE, expires_at=ends)
    return PhotoLink(token=token, expires_at=ends)
