"""What a photo's receipt says, as plain facts, and its form inside the signed text."""

import json
import uuid
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, time, timedelta

from chassis.errors import Gone

from supervision.rules.days import SHANGHAI

LIFETIME = timedelta(minutes=10)
"""A photo proves that somebody is there now; so long may a lost connection take."""
REMEMBERED = timedelta(days=1)
"""So long an ended receipt is still known, for who asks again whether its check-in was recorded."""


class PhotoExpired(Gone):
    """The photo was taken too long ago to prove that somebody is there now."""

    code = "supervision.photo.expired"
    title = "照片已过期"
    next_step = "请重新拍照后再提交。"


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Photo intake's word: this learner of this class was there, with real name and consent as the class asks for,
    and the photo lies in the store. It holds for ten minutes and never beyond its Shanghai day, as a study pass does
    for its two minutes: nobody is asked again. Only that the class is still open in the same epoch is looked at when
    it is shown."""

    enrolment_id: uuid.UUID
    class_id: uuid.UUID
    account_id: uuid.UUID
    provider_id: uuid.UUID
    epoch: int
    """The class's epoch: what was photographed before a closing is over with it (K27)."""
    purpose: str
    check_in: str
    """The class's check-in policy."""
    key: str
    content_type: str
    sha256: str
    until: datetime

    def has_ended(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now >= self.until


def ends_at(taken_at: datetime) -> datetime:
    """When the receipt of a photo that is taken now ends: in ten minutes, or at midnight in Shanghai."""
    tomorrow = taken_at.astimezone(SHANGHAI).date() + timedelta(days=1)
    return min(taken_at + LIFETIME, datetime.combine(tomorrow, time(), SHANGHAI))


def receipt_text(receipt: Receipt) -> str:
    """The receipt's facts as text, to be signed."""
    *facts, until = astuple(receipt)
    return json.dumps([*map(str, facts), int(until.timestamp())], separators=(",", ":"))


def receipt_of(text: str) -> Receipt:
    """The receipt that a signed text says. Raises ValueError for one in the form of an earlier release."""
    enrolment_id, class_id, account_id, provider_id, epoch, *words, until = json.loads(text)
    purpose, check_in, key, content_type, sha256 = words
    return Receipt(
        enrolment_id=uuid.UUID(enrolment_id),
        class_id=uuid.UUID(class_id),
        account_id=uuid.UUID(account_id),
        provider_id=uuid.UUID(provider_id),
        epoch=int(epoch),
        purpose=purpose,
        check_in=check_in,
        key=key,
        content_type=content_type,
        sha256=sha256,
        until=datetime.fromtimestamp(until, UTC),
    )
