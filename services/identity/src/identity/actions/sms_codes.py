"""Sending a code to a phone, and taking it back once."""

from __future__ import annotations

import hmac
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from identity.actions.fingerprints import fingerprint
from identity.actions.mobiles import one_at_a_time
from identity.actions.senders import Sender
from identity.models import SmsCode
from identity.rules.sms_codes import (
    ADDRESS_QUOTAS,
    AHEAD,
    LIFETIME,
    LONGEST_WITHIN,
    NUMBER_QUOTAS,
    SentCode,
    check_quota,
    fresh_code,
    is_usable,
)

# As many as the largest quota counts.
MOST_LOOKED_AT = max(quota.most for quota in (*NUMBER_QUOTAS, *ADDRESS_QUOTAS))


def send_code(
    session: Session, *, mobile: str, address: str, sender: Sender, key: bytes, now: datetime
) -> None:
    """Send a fresh code to `mobile`; codes sent before stop working.

    Limited per number and per address. Raises TooManyCodes or SmsUnavailable.
    """
    address_key = fingerprint(key, "address", address)
    one_at_a_time(session, mobile)  # two requests must see each other's code, or both would pass the limit
    check_quota(_sent(session, SmsCode.mobile == mobile, now), quotas=NUMBER_QUOTAS, now=now)
    check_quota(_sent(session, SmsCode.address_key == address_key, now), quotas=ADDRESS_QUOTAS, now=now)
    code = fresh_code()
    session.add(
        SmsCode(
            mobile=mobile,
            code_hash=fingerprint(key, "code", mobile, code),
            address_key=address_key,
            sent_at=now,
            expires_at=now + LIFETIME,
        )
    )
    session.flush()
    sender.send(session, mobile=mobile, code=code, now=now)


def take_code(session: Session, *, mobile: str, code: str, key: bytes, now: datetime) -> bool:
    """Whether this is the newest code sent to `mobile` and still good. A right code is used up; a wrong try counts.

    The row is locked: of two who bring the same code at once, one is too late.
    """
    newest = (
        sa.select(SmsCode.id)
        .where(SmsCode.mobile == mobile, SmsCode.sent_at <= now + AHEAD)
        .order_by(SmsCode.sent_at.desc(), SmsCode.id.desc())
    )
    found = session.scalar(newest.limit(1))
    if found is None:
        return False
    row = session.get_one(SmsCode, found, with_for_update=True, populate_existing=True)
    facts = SentCode(expires_at=row.expires_at, used=row.used_at is not None, wrong_tries=row.wrong_tries)
    if not is_usable(facts, now=now):
        return False
    right = hmac.compare_digest(row.code_hash, fingerprint(key, "code", mobile, code))
    if right:
        row.used_at = now
    else:
        row.wrong_tries += 1
    session.flush()
    return right


def _sent(session: Session, whose: sa.ColumnElement[bool], now: datetime) -> list[datetime]:
    lately = (SmsCode.sent_at > now - LONGEST_WITHIN) & (SmsCode.sent_at <= now + AHEAD)
    recent = sa.select(SmsCode.sent_at).where(whose, lately)
    return list(session.scalars(recent.order_by(SmsCode.sent_at.desc()).limit(MOST_LOOKED_AT)))
