"""Receipts of photos: an HMAC over what lies in the store, whose it is and what it is good for."""

import uuid

from chassis import clock
from chassis.config import Settings
from chassis.errors import NotFound
from chassis.web import runtime
from files import LinkBroken, LinkExpired, Links

from supervision.rules.receipts import REMEMBERED, PhotoExpired, Receipt, receipt_of, receipt_text

PURPOSE = "receipt"


class ReceiptBroken(NotFound):
    """Not a receipt of ours, somebody else's, or one of another class or for something else: as if the class did not
    exist."""

    code = "supervision.receipt.broken"
    title = "照片凭证无效或不属于该班级"
    next_step = "请从“我的班级”重新进入，拍照后再提交。"


def signed_receipt(receipt: Receipt) -> str:
    """The receipt as signed text."""
    remembered = receipt.until + REMEMBERED
    return _signer().make(receipt_text(receipt), purpose=PURPOSE, expires_at=remembered)


def receipt_shown(text: str, *, account_id: uuid.UUID, class_id: uuid.UUID, purpose: str) -> Receipt:
    """The receipt of a photo that this account took in this class for this purpose; its time may be over.

    Raises ReceiptBroken, or PhotoExpired a day after that.
    """
    try:
        receipt = receipt_of(_signer().read(text, purpose=PURPOSE, now=clock.now()))
    except (LinkExpired, ValueError):
        raise PhotoExpired from None
    except LinkBroken:
        raise ReceiptBroken from None
    if (receipt.account_id, receipt.class_id, receipt.purpose) != (account_id, class_id, purpose):
        raise ReceiptBroken
    return receipt


def _signer() -> Links:
    signer: Links = runtime().extra("photo-receipts", _links)
    return signer


def _links(settings: Settings) -> Links:
    return Links(settings.secret("photo-receipts"))
