"""A learner's photo is taken in, and answered with a receipt (S5, S8)."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from chassis.clock import shanghai_day
from chassis.db import table_of
from chassis.errors import Conflict, TooMany
from chassis.ids import new_id
from files import Store, new_key
from files.judging import JudgedImage
from sqlalchemy.orm import Session

from supervision.photos.models import Photo
from supervision.photos.queries.before import before_photo
from supervision.photos.rules.purposes import Purpose, is_asked_for
from supervision.queries.classes import require_class_day, require_open
from supervision.rules.receipts import Receipt, ends_at
from supervision.rules.tickets import Ticket

MOST, RECENTLY = 20, timedelta(minutes=10)
_insert = sa.insert(table_of(Photo))  # built once


class PhotoNotAsked(Conflict):
    """The class asks for no photo of this kind."""

    code = "supervision.photo.not_asked"
    title = "本班级不需要拍照"
    next_step = "无需拍照，可直接开始学习。"


class RealNameFirst(Conflict):
    """A photo has nothing to be compared with before the real name is verified (K4, S1)."""

    code = "supervision.photo.real_name_first"
    title = "拍照前需要先完成实名认证"
    next_step = "请先完成实名认证，再拍照。"


class ConsentFirst(Conflict):
    """Without a standing consent no face photo is taken in (X6)."""

    code = "supervision.photo.consent_first"
    title = "拍照前需要您同意采集人脸照片"
    next_step = "请先阅读说明并同意，再拍照。"


class TooManyPhotos(TooMany):
    """More photos than anybody needs: the store must not be filled by one learner."""

    code = "supervision.photo.too_many"
    title = "拍照次数过多"
    next_step = "请在提示的时间之后再试。"


def take_in_photo(
    session: Session,
    *,
    ticket: Ticket,
    purpose: Purpose,
    photo: Callable[[], JudgedImage],
    store: Store,
    now: datetime,
) -> Receipt:
    """Keep the photo and say so. Each photo has a receipt of its own; one that then serves for nothing is dropped
    after an hour.

    `photo` is judged last: pictures cost time. One row is written and nothing after it, so that the statement may
    commit itself. Raises ClassNotFound, ProjectionPending, TicketOutdated,
    ClassNotOpen, NoClassDay, PhotoNotAsked, RealNameFirst, ConsentFirst, TooManyPhotos, StoreAway, or what `photo`
    raises.
    """
    before = before_photo(session, ticket=ticket, now=now, recently=RECENTLY)
    require_open(before)
    require_class_day(before, today=shanghai_day(now))
    if not is_asked_for(purpose, check_in=before.check_in):
        raise PhotoNotAsked
    if before.real_name and not before.verified:
        raise RealNameFirst
    if not before.consented:
        raise ConsentFirst
    if before.recent >= MOST:
        raise TooManyPhotos(retry_after=60)
    judged = photo()
    receipt = Receipt(
        enrolment_id=ticket.enrolment_id,
        class_id=ticket.class_id,
        account_id=ticket.account_id,
        provider_id=ticket.provider_id,
        epoch=ticket.epoch,
        purpose=purpose,
        check_in=before.check_in,
        key=new_key(f"faces/{purpose.replace('_', '-')}", judged.content_type),
        content_type=judged.content_type,
        sha256=hashlib.sha256(judged.data).hexdigest(),
        until=ends_at(now),
    )
    _write_down(session, receipt, size=len(judged.data), now=now)
    store.put_at(receipt.key, judged.data, content_type=judged.content_type)
    return receipt


def _write_down(session: Session, receipt: Receipt, *, size: int, now: datetime) -> None:
    """Before the file is there: should the process die between the two, the row is dropped as unused within an hour,
    while a face without a row would lie there for a day until it is swept."""
    row = {
        "id": new_id(),
        "enrolment_id": receipt.enrolment_id,
        "class_id": receipt.class_id,
        "account_id": receipt.account_id,
        "provider_id": receipt.provider_id,
        "purpose": receipt.purpose,
        "key": receipt.key,
        "content_type": receipt.content_type,
        "sha256": receipt.sha256,
        "bytes": size,
        "taken_in_at": now,
        "served": False,
    }
    session.connection().execute(_insert, row)
