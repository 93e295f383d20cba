"""A provider uploads the voucher of its remittance (B7)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from files import Store
from files.judging import judge_image
from sqlalchemy.orm import Session

from billing.models.settlements import Voucher
from billing.rules.sources import Source

VOUCHER_MAX_BYTES = 5 * 1024 * 1024


def keep_voucher(
    session: Session,
    *,
    store: Store,
    image: bytes | BinaryIO,
    provider_id: UUID,
    uploaded_by: UUID,
    source: Source,
    now: datetime,
) -> Voucher:
    """B7: judge the image by its content (JPG or PNG, at most 5 MB), keep it, and remember whose it is."""
    judged = judge_image(image, max_bytes=VOUCHER_MAX_BYTES)
    key = store.put(judged.data, content_type=judged.content_type, prefix="vouchers")
    voucher = Voucher(
        provider_id=provider_id,
        key=key,
        content_type=judged.content_type,
        size=len(judged.data),
        sha256=hashlib.sha256(judged.data).hexdigest(),
        uploaded_by=uploaded_by,
        created_at=now,
        source_kind=source.kind,
        source_id=source.id,
    )
    session.add(voucher)
    session.flush()
    return voucher
