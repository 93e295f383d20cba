"""Class teachers and assistants, and the accounts that they can be chosen from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from chassis.errors import FieldError, Invalid
from sqlalchemy.orm import Session

from classroom.classes.models import ClassStaff, Duty, KnownAccount

ROLES = {Duty.TEACHER: {"class_teacher"}, Duty.ASSISTANT: {"assistant", "class_teacher"}}
"""Roles from which each duty is chosen."""


class StaffUnknown(Invalid):
    """An account that cannot be class teacher or assistant here."""

    code = "classroom.class.staff_unknown"
    title = "所选的班主任或助教不可用"
    next_step = "请选择本单位已启用、且有班主任或助教角色的账号；刚创建的账号请稍候几秒再试。"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One account's duty in one class, with the name to show."""

    class_id: uuid.UUID
    account_id: uuid.UUID
    duty: Duty
    name: str
    active: bool
    """Whether the account is switched on and still has a role for this duty."""


def staff_of(session: Session, *, class_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Member]]:
    """Class → its staff, the teacher first, then assistants by name. Every asked class has an entry."""
    found: dict[uuid.UUID, list[Member]] = {each: [] for each in class_ids}
    select = (
        sa.select(ClassStaff.class_id, ClassStaff.account_id, ClassStaff.duty, KnownAccount)
        .outerjoin(KnownAccount, KnownAccount.account_id == ClassStaff.account_id)
        .where(ClassStaff.class_id.in_(found))
        .order_by(ClassStaff.duty.desc(), KnownAccount.name, ClassStaff.account_id)
    )
    for class_id, account_id, duty, account in session.execute(select):
        found[class_id].append(
            Member(
                class_id=class_id,
                account_id=account_id,
                duty=Duty(duty),
                name="--" if account is None else account.name,
                active=account is None or _serves(account, Duty(duty)),
            )
        )
    return found


def _serves(account: KnownAccount, duty: Duty) -> bool:
    return account.active and not ROLES[duty].isdisjoint(account.roles)


def staff_ids(session: Session, *, class_id: uuid.UUID) -> list[uuid.UUID]:
    """The accounts that look after a class, the teacher first."""
    return [each.account_id for each in staff_of(session, class_ids=[class_id])[class_id]]


def candidates(session: Session, *, provider_id: uuid.UUID) -> list[KnownAccount]:
    """The provider's active accounts that could be teacher or assistant, by name."""
    select = (
        sa.select(KnownAccount)
        .where(KnownAccount.provider_id == provider_id, KnownAccount.active)
        .order_by(KnownAccount.name, KnownAccount.account_id)
    )
    wanted = set().union(*ROLES.values())
    return [each for each in session.scalars(select) if wanted & set(each.roles)]


def require_staff(
    session: Session, *, provider_id: uuid.UUID, teacher_id: uuid.UUID, assistant_ids: Sequence[uuid.UUID]
) -> None:
    """Raise StaffUnknown, naming each field, unless all can look after a class of this provider (K2)."""
    known = {each.account_id: set(each.roles) for each in candidates(session, provider_id=provider_id)}
    wrong = []
    if not known.get(teacher_id, set()) & ROLES[Duty.TEACHER]:
        wrong.append(
            FieldError(
                field="/teacher_id",
                code="unknown",
                message="请选择本单位已启用的班主任账号；已停用的不能担任。",
            )
        )
    for place, account_id in enumerate(assistant_ids):
        at = f"/assistant_ids/{place}"
        if account_id == teacher_id or account_id in assistant_ids[:place]:
            wrong.append(FieldError(field=at, code="repeated", message="同一账号在一个班级中只能选一次。"))
        elif not known.get(account_id, set()) & ROLES[Duty.ASSISTANT]:
            wrong.append(
                FieldError(
                    field=at, code="unknown", message="请选择本单位已启用的助教账号；已停用的不能担任。"
                )
            )
    if wrong:
        raise StaffUnknown(fields=wrong)
