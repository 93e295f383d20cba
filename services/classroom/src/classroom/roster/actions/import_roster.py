"""导入学员: a whole file onto the roster, all or nothing (K6, X9)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from chassis.clock import shanghai_day
from chassis.db import refusing
from chassis.ids import new_id
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.models import TrainingClass
from classroom.roster.actions.entries import entry_columns
from classroom.roster.actions.judge import DocumentRepeated
from classroom.roster.actions.read_sheet import Note, Sheet
from classroom.roster.actions.room import class_with_open_roster, heard_by_others, make_room
from classroom.roster.events import announce_enrolments
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.columns import Column
from classroom.roster.rules.entries import Problem
from classroom.roster.rules.names import name_key
from classroom.roster.rules.sheets import ReadRow, RowProblem, judge_sheet


@dataclass(kw_only=True)
class Outcome:
    """What became, or on a dry run would become, of a file. With errors nothing was imported."""

    dry_run: bool
    total: int
    sheet: str
    notes: list[Note]
    added: int = 0
    newcomers: int = 0
    """People of the file who are not on the roster yet, those in wrong rows included."""
    existing: int = 0
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    places_missing: int = 0
    """How many more places the planned headcount would need."""


def import_roster(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    sheet: Sheet,
    dry_run: bool,
    cipher: DocumentCipher,
    now: datetime,
) -> Outcome:
    """Judge every row; without any error add those that are not on the roster yet.

    People who are on it already are left as they are: the same file again changes nothing, and later edits
    are never overwritten (X9). Raises WrongClassState (K9), DocumentRepeated when somebody else was quicker.
    """
    training_class = class_with_open_roster(session, actor=actor, class_id=class_id, doing="导入学员")
    judged = judge_sheet(rows=sheet.rows, columns=sheet.columns, today=shanghai_day(now))
    outcome = Outcome(
        dry_run=dry_run,
        total=len(sheet.rows),
        sheet=sheet.title,
        notes=sheet.notes,
        errors=judged.errors,
        warnings=list(judged.warnings),
    )
    known = _roster(session, class_id)
    fresh = _not_on_roster(known, judged.rows, cipher, outcome)
    outcome.added = len(fresh)
    outcome.newcomers = sum(1 for each in judged.numbers if each is None or cipher.index(each) not in known)
    places = training_class.planned_headcount - training_class.enrolled
    outcome.places_missing = max(0, outcome.newcomers - places)
    if dry_run or outcome.errors or outcome.places_missing or not fresh:
        return outcome
    _add(session, training_class, fresh, cipher, now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="import_roster",
        summary=f"导入学员：文件 {outcome.total} 人，新增 {outcome.added} 人，已在名单中 {outcome.existing} 人",
        now=now,
    )
    return outcome


Known = Mapping[bytes, Sequence[str]]
"""Who is on the roster: index of the document number → name key, contact, document type, sex."""


def _roster(session: Session, class_id: uuid.UUID) -> Known:
    select = sa.select(
        Enrolment.document_index,
        Enrolment.name_key,
        Enrolment.contact,
        Enrolment.document_type,
        Enrolment.sex,
    ).where(Enrolment.class_id == class_id)
    return {index: rest for index, *rest in session.execute(select)}


def _not_on_roster(
    known: Known, rows: Sequence[ReadRow], cipher: DocumentCipher, outcome: Outcome
) -> list[ReadRow]:
    """The people whose document number the roster does not have; counts and compares the others."""
    fresh = []
    for each in rows:
        there = known.get(cipher.index(each.entry.document_number))
        if there is None:
            fresh.append(each)
            continue
        outcome.existing += 1
        entry = each.entry
        if there != [name_key(entry.name), entry.contact, entry.document_type.value, entry.sex.value]:
            outcome.warnings.append(_kept(each))
    return fresh


def _kept(row: ReadRow) -> RowProblem:
    problem = Problem(
        column=Column.DOCUMENT_NUMBER,
        code="kept",
        message="该学员已在名单中，且信息与文件不同；名单保持不变，如需修改请在学员管理中修改。",
        value=row.entry.document_number,
        warning=True,
    )
    return RowProblem(row=row.row, problem=problem)


def _add(
    session: Session,
    training_class: TrainingClass,
    rows: Sequence[ReadRow],
    cipher: DocumentCipher,
    now: datetime,
) -> None:
    """All rows in one statement; a count of places in another."""
    values = []
    for each in rows:
        enrolment_id = new_id()
        columns = entry_columns(entry=each.entry, enrolment_id=enrolment_id, cipher=cipher)
        values.append({"id": enrolment_id, "class_id": training_class.id, **columns})
    with refusing(session, {"uq_enrolments_document": DocumentRepeated()}):
        session.execute(
            sa.insert(Enrolment),
            [{**each, "version": 1, "created_at": now, "updated_at": now} for each in values],
        )
    make_room(session, training_class=training_class, people=len(rows), now=now)
    if heard_by_others(training_class):
        select = sa.select(Enrolment).where(Enrolment.id.in_([each["id"] for each in values]))
        announce_enrolments(session, enrolments=session.scalars(select), now=now)
