"""From the bytes of an upload to an imported roster, or to the user's own file with its errors marked (K6)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, BinaryIO, cast

from chassis.errors import FieldError, Invalid
from chassis.text import readable
from chassis.web import Actor
from files import Links, Store, StoreAway
from files.judging import judge_spreadsheet
from sqlalchemy.orm import Session

from classroom.classes.queries.reach import get_class
from classroom.roster.actions.import_roster import Outcome, import_roster
from classroom.roster.actions.mark_errors import mark_errors
from classroom.roster.actions.marked_files import keep_marked
from classroom.roster.actions.read_sheet import read_sheet
from classroom.roster.actions.room import RosterFull
from classroom.roster.models import DocumentCipher
from classroom.roster.rules.columns import HEADINGS
from classroom.roster.rules.sheets import LONGEST_SHOWN, RowProblem

MOST_BYTES = 5 * 1024 * 1024
NOT_MARKED = "文件存储暂不可用，这次没有生成标注错误的文件，请按下面列出的每条错误修改。"


class FileNotSent(Invalid):
    """The form has no file."""

    code = "classroom.roster.file_not_sent"
    title = "没有收到文件"
    next_step = "请选择要导入的 .xls 或 .xlsx 文件，以 multipart 表单的 file 字段上传。"


class RowsWrong(Invalid):
    """At least one row has an error, so nothing was imported. `errors` lists every one of them."""

    code = "classroom.roster.rows_wrong"
    title = "名单有误，没有导入任何学员"
    next_step = "请按每条说明修改，也可下载标注了错误的文件（30 分钟内有效），改好后重新上传。"


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of the file; with errors, the token of the link to the marked file, where it could be kept."""

    outcome: Outcome
    marked: str | None


def import_file(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    source: IO[bytes] | None,
    dry_run: bool,
    cipher: DocumentCipher,
    store: Store,
    links: Links,
    now: datetime,
) -> Imported:
    """Judge the file, read it, import it. The class is locked only after the file was read.

    Raises ClassNotFound, FileNotSent, what `judge_spreadsheet` and `read_sheet` raise, WrongClassState,
    RosterFull. Row errors are no exception: the marked file has to be kept, and nothing else is written. A store
    that is full or away takes no error from whom it concerns: then there is no marked file.
    """
    get_class(session, actor=actor, class_id=class_id)
    if source is None:
        raise FileNotSent
    book = judge_spreadsheet(cast(BinaryIO, source), max_bytes=MOST_BYTES)
    sheet = read_sheet(book=book)
    outcome = import_roster(
        session, actor=actor, class_id=class_id, sheet=sheet, dry_run=dry_run, cipher=cipher, now=now
    )
    if not outcome.errors:
        if outcome.places_missing:
            raise RosterFull(_no_room(outcome), places_missing=outcome.places_missing)
        return Imported(outcome=outcome, marked=None)
    marked = mark_errors(book=book, sheet=sheet, errors=outcome.errors)
    try:
        token = keep_marked(session, class_id=class_id, data=marked, store=store, links=links, now=now)
    except StoreAway:
        return Imported(outcome=outcome, marked=None)
    return Imported(outcome=outcome, marked=token)


def rows_wrong(*, outcome: Outcome, marked_file: str | None) -> RowsWrong:
    """Every error at its place, and where the marked file is; without one it says so."""
    fields = list(_fields(outcome.errors))
    if outcome.places_missing:
        fields.append(FieldError(field="/file", code="full", message=_no_room(outcome)))
    rows = len({each.row for each in outcome.errors})
    return RowsWrong(
        f"共 {outcome.total} 行，其中 {rows} 行有错误，没有导入任何学员。"
        + ("" if marked_file else NOT_MARKED),
        fields=fields,
        total=outcome.total,
        dry_run=outcome.dry_run,
        marked_file=marked_file,
        warnings=[each.as_dict() for each in warnings_of(outcome)],
    )


def warnings_of(outcome: Outcome) -> list[FieldError]:
    """What was understood otherwise than written, and the warnings at their places."""
    notes = [FieldError(field="/file", code=each.code, message=each.message) for each in outcome.notes]
    return [*notes, *_fields(outcome.warnings)]


def _fields(problems: Iterable[RowProblem]) -> Iterable[FieldError]:
    for each in problems:
        yield FieldError(
            field="/file",
            code=each.problem.code,
            message=each.problem.message,
            value=_shown(each.problem.value),
            row=each.row,
            column=HEADINGS[each.problem.column],
        )


def _shown(value: str) -> str:
    """The wrong value as it is said back: what cannot be read is left out, what is endless is cut."""
    text = readable(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _no_room(outcome: Outcome) -> str:
    return f"名单新增 {outcome.newcomers} 人，预计培训人数还缺 {outcome.places_missing} 个名额。"
