"""修改学员: contact at any time; who somebody is only until they have joined (K9)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from chassis.clock import shanghai_day
from chassis.db import refusing
from chassis.errors import Conflict
from chassis.web import Actor, check_version
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.models import TrainingClass
from classroom.roster.actions.entries import identity_columns
from classroom.roster.actions.judge import DocumentRepeated, judged
from classroom.roster.actions.room import class_with_open_roster, heard_by_others
from classroom.roster.events import announce_enrolment
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.queries.find_enrolments import get_enrolment, number_of
from classroom.roster.rules.columns import HEADINGS, Column
from classroom.roster.rules.entries import Entry, Problem


class IdentityFixed(Conflict):
    """The learner has joined with this identity."""

    code = "classroom.enrolment.identity_fixed"
    title = "学员已加入班级，不能修改姓名、证件和性别"
    next_step = "如确有错误，请联系商务专员说明原因并由其修改；联系方式仍可修改。"


def change_enrolment(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    version: int,
    person: Mapping[str, str | None],
    cipher: DocumentCipher,
    now: datetime,
) -> tuple[Enrolment, list[Problem]]:
    """Change one person. A document number of None stays as it is: lists show it masked (X13).

    Raises WrongClassState, ChangedMeanwhile, EnrolmentWrong, IdentityFixed, DocumentRepeated.
    """
    training_class = class_with_open_roster(session, actor=actor, class_id=class_id, doing="修改学员")
    enrolment = get_enrolment(session, class_id=class_id, enrolment_id=enrolment_id)
    check_version(enrolment, version)
    before = _entry_of(enrolment, cipher)
    given = _completed(person, before)
    entry, warnings = judged(person=given, today=shanghai_day(now))
    if _who(entry) != _who(before):
        if enrolment.account_id is not None:
            raise IdentityFixed
        _set_identity(session, enrolment, entry, cipher)
    enrolment.contact = entry.contact
    _finish(session, training_class, enrolment, actor, _changed(before, entry), "修改学员", now)
    return enrolment, warnings


def correct_identity(
    session: Session,
    *,
    actor: Actor,
    class_id: uuid.UUID,
    enrolment_id: uuid.UUID,
    version: int,
    person: Mapping[str, str | None],
    reason: str,
    cipher: DocumentCipher,
    now: datetime,
) -> tuple[Enrolment, list[Problem]]:
    """The account manager mends who a learner is, after they joined, with a reason that is logged (K9). Drafts
    are out of their reach.

    Raises WrongClassState, ChangedMeanwhile, EnrolmentWrong, DocumentRepeated.
    """
    training_class = class_with_open_roster(session, actor=actor, class_id=class_id, doing="修改学员")
    enrolment = get_enrolment(session, class_id=class_id, enrolment_id=enrolment_id)
    check_version(enrolment, version)
    before = _entry_of(enrolment, cipher)
    given = _completed({**person, "contact": enrolment.contact}, before)
    entry, warnings = judged(person=given, today=shanghai_day(now))
    _set_identity(session, enrolment, entry, cipher)
    summary = f"商务专员更正学员身份，原因：{reason}"
    _finish(session, training_class, enrolment, actor, _changed(before, entry), summary, now)
    return enrolment, warnings


def _set_identity(session: Session, enrolment: Enrolment, entry: Entry, cipher: DocumentCipher) -> None:
    columns = identity_columns(entry=entry, enrolment_id=enrolment.id, cipher=cipher)
    with refusing(session, {"uq_enrolments_document": DocumentRepeated()}):
        for name, value in columns.items():
            setattr(enrolment, name, value)


def _finish(
    session: Session,
    training_class: TrainingClass,
    enrolment: Enrolment,
    actor: Actor,
    changed: list[str],
    summary: str,
    now: datetime,
) -> None:
    enrolment.updated_at = now
    session.flush()
    if heard_by_others(training_class):
        announce_enrolment(session, enrolment=enrolment, now=now)
    write_audit(
        session,
        training_class=training_class,
        actor=actor,
        action="change_enrolment",
        summary=f"{summary}（{enrolment.name}；{'、'.join(changed) or '无变化'}）",
        now=now,
    )


def _entry_of(enrolment: Enrolment, cipher: DocumentCipher) -> Entry:
    return Entry(
        name=enrolment.name,
        contact=enrolment.contact,
        document_type=enrolment.document_type,  # type: ignore[arg-type]
        document_number=number_of(enrolment=enrolment, cipher=cipher),
        sex=enrolment.sex,  # type: ignore[arg-type]
    )


def _completed(person: Mapping[str, str | None], before: Entry) -> dict[str, str]:
    """What was typed, with the number that is there where none was typed."""
    number = person["document_number"] or before.document_number
    return {**{name: text or "" for name, text in person.items()}, "document_number": number}


def _who(entry: Entry) -> tuple[str, str, str, str]:
    return entry.name, entry.document_type, entry.document_number, entry.sex


def _changed(before: Entry, after: Entry) -> list[str]:
    """The columns that changed, by their headings; never their values: numbers stay out of the log."""
    return [HEADINGS[each] for each in Column if getattr(before, each) != getattr(after, each)]
