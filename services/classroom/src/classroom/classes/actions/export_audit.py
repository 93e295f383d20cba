"""The audit log as a workbook (X11)."""

from __future__ import annotations

import uuid

from chassis.clock import SHANGHAI
from files.workbooks import saved, text_cell
from openpyxl import Workbook
from sqlalchemy.orm import Session

from classroom.classes.models import AuditEntry
from classroom.classes.queries.logs import audit_of_provider

MOST_LINES = 10_000
HEADINGS = ("时间", "操作人", "班级", "操作")


def export_audit(session: Session, *, provider_id: uuid.UUID) -> bytes:
    """The provider's newest lines, the newest first, all as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("操作日志")
    sheet.append(list(HEADINGS))
    select = audit_of_provider(provider_id=provider_id).order_by(AuditEntry.id.desc()).limit(MOST_LINES)
    for each in session.scalars(select):
        at = each.at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        texts = (at, each.actor_name, each.class_name, each.summary)
        sheet.append([text_cell(sheet, text) for text in texts])
    return saved(book)
