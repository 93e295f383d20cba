"""A learner joins with name, document number and class password (K15)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from chassis.db import refusing
from chassis.errors import Conflict, Invalid
from chassis.web import Actor
from sqlalchemy.orm import Session

from classroom.classes.actions.audit import write_audit
from classroom.classes.models import TrainingClass
from classroom.classes.rules.states import ClassState
from classroom.joining.actions.tries import Limits, count_wrong_try, hold_tries
from classroom.roster.events import announce_enrolment
from classroom.roster.models import DocumentCipher, Enrolment
from classroom.roster.rules.document_numbers import tidy_number
from classroom.roster.rules.names import name_key
from classroom.study.actions.add_learner import add_learner


class JoinRefused(Invalid):
    """The three do not agree with one enrolment of an open class; it never says which of them was wrong."""

    code = "classroom.joining.refused"
    title = "姓名、证件号码或班级密码不正确"
    next_step = "请向班主任核对这三项；连续 5 次有误后需等待 15 分钟。"


class EnrolmentTaken(Conflict):
    """One account per enrolment."""

    code = "classroom.joining.enrolment_taken"
    title = "该报名信息已由另一账号加入班级"
    next_step = "请使用原来的账号登录；如不是您本人操作，请联系班主任。"


class AccountHasEnrolment(Conflict):
    """One enrolment per account and class."""

    code = "classroom.joining.account_has_enrolment"
    title = "当前账号已用另一份报名信息加入了该班级"
    next_step = "一个账号在一个班级中只能对应一位学员，请使用学员本人的账号。"


class AccountOfAnother(Conflict):
    """An account is one person in all its classes: its real name is verified once and counts for all of them (S1)."""

    code = "classroom.joining.account_of_another"
    title = "当前账号属于另一位学员"
    next_step = "请使用学员本人的手机号登录后再加入；如报名信息有误，请联系班主任更正。"


@dataclass(frozen=True, kw_only=True)
class JoinForm:
    """What the learner typed. It is never logged."""

    name: str = field(repr=False)
    document_number: str = field(repr=False)
    class_password: str = field(repr=False)


def join(
    session: Session,
    *,
    actor: Actor,
    form: JoinForm,
    cipher: DocumentCipher,
    limits: Limits,
    now: datetime,
) -> Enrolment:
    """Gives the enrolment to the account, announces it and lets it study; joining again with it is harmless.

    Raises JoinTooOften before anything is compared, and JoinRefused after counting the wrong try: the caller must
    commit that count. EnrolmentTaken, AccountHasEnrolment: somebody, or this account, was first.
    AccountOfAnother: the account has joined elsewhere as somebody else.
    """
    tries = hold_tries(session, limits=limits, now=now)
    enrolment = _matching(session, form=form, cipher=cipher)
    if enrolment is None:
        count_wrong_try(session, tries=tries, now=now)
        raise JoinRefused
    if enrolment.account_id == actor.account_id:
        return enrolment
    if enrolment.account_id is not None:
        raise EnrolmentTaken
    _require_same_person(session, actor=actor, enrolment=enrolment)
    with refusing(session, {"uq_enrolments_account": AccountHasEnrolment()}):
        enrolment.account_id = actor.account_id
        enrolment.account_name = actor.name
        enrolment.joined_at = now
        enrolment.updated_at = now
    add_learner(
        session, class_id=enrolment.class_id, enrolment_id=enrolment.id, account_id=actor.account_id, now=now
    )
    write_audit(
        session,
        training_class=session.get_one(TrainingClass, enrolment.class_id),
        actor=actor,
        action="join",
        summary=f"学员 {enrolment.name} 加入班级",
        now=now,
    )
    announce_enrolment(session, enrolment=enrolment, now=now)
    return enrolment


def _require_same_person(session: Session, *, actor: Actor, enrolment: Enrolment) -> None:
    """Name or document number must be known of this account from each of its classes, unless this is its first.

    One of both is enough: somebody may show another document, or have a name mended.
    """
    same = (Enrolment.document_index == enrolment.document_index) | (Enrolment.name_key == enrolment.name_key)
    elsewhere = (Enrolment.account_id == actor.account_id) & (Enrolment.class_id != enrolment.class_id)
    if session.scalar(sa.select(Enrolment.id).where(elsewhere, ~same).limit(1)) is not None:
        raise AccountOfAnother


def _matching(session: Session, *, form: JoinForm, cipher: DocumentCipher) -> Enrolment | None:
    """The one enrolment of an open class with which all three agree, taken for this transaction.

    The class is shared, as it is by everything that its closing must wait for.
    """
    training_class = session.scalar(
        sa.select(TrainingClass)
        .where(
            TrainingClass.class_password == tidy_number(form.class_password),
            TrainingClass.state == ClassState.OPEN.value,
        )
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    if training_class is None:
        return None
    return session.scalar(
        sa.select(Enrolment)
        .where(
            Enrolment.class_id == training_class.id,
            Enrolment.document_index == cipher.index(tidy_number(form.document_number)),
            Enrolment.name_key == name_key(form.name),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
