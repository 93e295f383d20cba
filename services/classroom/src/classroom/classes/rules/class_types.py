"""The four class types and what each allows: the one table of K1."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from chassis.errors import Invalid


class ClassType(enum.StrEnum):
    """Kinds of classes."""

    VOCATIONAL_SKILL = "vocational_skill"
    APPRENTICESHIP = "apprenticeship"
    ONLINE_LIVE = "online_live"
    ON_SITE = "on_site"


class CourseKind(enum.StrEnum):
    """Ways in which a class teaches."""

    RECORDED = "recorded"
    OFFLINE = "offline"
    LIVE = "live"


KIND_LABELS = {CourseKind.RECORDED: "线上课程", CourseKind.OFFLINE: "线下课程", CourseKind.LIVE: "直播课程"}


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What one class type requires and allows."""

    label: str
    required: frozenset[CourseKind]
    allowed: frozenset[CourseKind]
    longest_days: int


CLASS_TYPES: Mapping[ClassType, Allowance] = {
    ClassType.VOCATIONAL_SKILL: Allowance(
        label="职业技能培训班级",
        required=frozenset(),
        allowed=frozenset(CourseKind),
        longest_days=366,
    ),
    ClassType.APPRENTICESHIP: Allowance(
        label="新型学徒制培训班级",
        required=frozenset({CourseKind.RECORDED}),
        allowed=frozenset(CourseKind),
        longest_days=1096,
    ),
    ClassType.ONLINE_LIVE: Allowance(
        label="线上直播培训班级",
        required=frozenset({CourseKind.LIVE}),
        allowed=frozenset({CourseKind.LIVE}),
        longest_days=92,
    ),
    ClassType.ON_SITE: Allowance(
        label="集中定点培训班级",
        required=frozenset({CourseKind.OFFLINE}),
        allowed=frozenset({CourseKind.OFFLINE}),
        longest_days=31,
    ),
}

TAUGHT_HERE = frozenset({CourseKind.RECORDED, CourseKind.OFFLINE})
"""The ways of teaching that this installation has. A type that requires another one cannot be chosen."""


class ClassTypeNotOffered(Invalid):
    """The type requires a way of teaching that this installation does not have."""

    code = "classroom.class.type_not_offered"
    title = "暂不能创建这种班级"
    next_step = "请选择其他班级类型，或咨询商务专员。"


class CourseKindNotAllowed(Invalid):
    """The class type does not allow this kind of course, or requires one that is switched off."""

    code = "classroom.class.course_kind_not_allowed"
    title = "班级类型与课程设置不符"
    next_step = "请按班级类型允许的课程种类修改课程设置。"


def require_offered(*, class_type: ClassType) -> None:
    """Raise ClassTypeNotOffered for a type whose required courses cannot be given here."""
    absent = CLASS_TYPES[class_type].required - TAUGHT_HERE
    if absent:
        names = "、".join(KIND_LABELS[each] for each in sorted(absent))
        raise ClassTypeNotOffered(f"{CLASS_TYPES[class_type].label}需要{names}，本平台尚未开通。")


def require_kinds(*, class_type: ClassType, chosen: frozenset[CourseKind]) -> None:
    """Raise CourseKindNotAllowed unless `chosen` has all that the type requires and nothing it forbids (K1)."""
    allowance = CLASS_TYPES[class_type]
    for kind in sorted(chosen - allowance.allowed):
        raise CourseKindNotAllowed(f"{allowance.label}不能设置{KIND_LABELS[kind]}。")
    for kind in sorted(allowance.required - chosen):
        raise CourseKindNotAllowed(f"{allowance.label}必须开启{KIND_LABELS[kind]}。")
    if not chosen:
        raise CourseKindNotAllowed("请至少开启一种课程。")
