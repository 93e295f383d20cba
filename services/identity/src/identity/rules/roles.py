"""The roles of DOMAIN §2 and which of them one account may hold together."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chassis.errors import FieldError, Forbidden, Invalid

PROVIDER_ADMIN = "provider_admin"
PLATFORM_ADMIN = "platform_admin"
PLATFORM_REVIEWER = "platform_reviewer"
DEALER_FINANCE = "dealer_finance"
DEALER_PROGRAM = "dealer_program"
"""What a dealer's program may: read. No account holds it, only client credentials."""
ACCOUNT_MANAGER = "account_manager"
LEARNER = "learner"

PROVIDER_ROLES = (PROVIDER_ADMIN, "registrar", "class_teacher", "assistant", "business_manager")
DEALER_ROLES = (ACCOUNT_MANAGER, DEALER_FINANCE)
PLATFORM_ROLES = (PLATFORM_REVIEWER, PLATFORM_ADMIN)
STAFF_ROLES = (*PROVIDER_ROLES, *DEALER_ROLES, *PLATFORM_ROLES)
ALL_ROLES = (*STAFF_ROLES, LEARNER)

CHINESE = {
    PROVIDER_ADMIN: "培训单位管理员",
    "registrar": "教务老师",
    "class_teacher": "班主任",
    "assistant": "助教",
    "business_manager": "商务管理",
    ACCOUNT_MANAGER: "商务专员",
    DEALER_FINANCE: "经销商财务",
    PLATFORM_REVIEWER: "平台审核员",
    PLATFORM_ADMIN: "平台管理员",
    LEARNER: "学员",
}


class RolesDoNotFit(Invalid):
    """The roles asked for cannot stand together, or lack the organisation that they belong to."""

    code = "identity.account.roles_do_not_fit"
    title = "角色与所属单位不一致"
    next_step = "培训单位角色必须选择培训单位，经销商角色必须选择经销商；请检查后重新提交。"


class RoleNotYoursToGive(Forbidden):
    """A provider_admin hands out provider roles only."""

    code = "identity.account.role_not_yours_to_give"
    title = "您不能授予或收回该角色"
    next_step = "培训单位管理员只能授予本单位的角色；其他角色请联系平台管理员。"


def check_roles(*, roles: Iterable[str], provider_id: UUID | None, dealer_id: UUID | None) -> None:
    """An account has grants in at most one provider, at most one dealer, plus platform roles and learner.

    `provider_id` must be there exactly when a provider role is, and `dealer_id` likewise. Raises RolesDoNotFit
    with every field that is wrong.
    """
    held = set(roles)
    wrong: list[FieldError] = []
    if not held:
        wrong.append(FieldError(field="/roles", code="required", message="请至少选择一个角色"))
    for role in sorted(held.difference(ALL_ROLES)):
        wrong.append(FieldError(field="/roles", code="unknown", message="没有这个角色", value=role))
    wrong += _organisation("/provider_id", "培训单位", held.intersection(PROVIDER_ROLES), provider_id)
    wrong += _organisation("/dealer_id", "经销商", held.intersection(DEALER_ROLES), dealer_id)
    if wrong:
        raise RolesDoNotFit(fields=wrong)


def check_may_give(*, giver: Iterable[str], before: Iterable[str], after: Iterable[str]) -> None:
    """platform_admin gives and takes any role; provider_admin only the provider's (DOMAIN §2).

    Only what changes counts: a registrar who is also a learner stays one when the provider_admin edits them.
    """
    if PLATFORM_ADMIN in set(giver):
        return
    touched = set(before).symmetric_difference(after)
    foreign = sorted(touched.difference(PROVIDER_ROLES))
    if foreign:
        raise RoleNotYoursToGive(f"涉及的角色：{'、'.join(CHINESE.get(role, role) for role in foreign)}")


def effective_roles(*, roles: Iterable[str], provider_active: bool, dealer_active: bool) -> tuple[str, ...]:
    """The roles that an access token carries: those of a switched-off provider or dealer are left out."""
    asleep: set[str] = set()
    if not provider_active:
        asleep.update(PROVIDER_ROLES)
    if not dealer_active:
        asleep.update(DEALER_ROLES)
    held = set(roles).difference(asleep)
    return tuple(role for role in ALL_ROLES if role in held)


def roles_of_session(roles: Iterable[str], *, by_code: bool) -> tuple[str, ...]:
    """The roles of a session: one that was opened by a code has the learner's alone. A code shows who holds a phone
    for a moment; what staff may do to others needs the password."""
    return tuple(role for role in roles if not by_code or role == LEARNER)


def is_staff(roles: Iterable[str]) -> bool:
    """Whether this account is announced to other services; a mere learner is not."""
    return not set(roles).isdisjoint(STAFF_ROLES)


def _organisation(field: str, name: str, held: set[str], given: UUID | None) -> list[FieldError]:
    if held and given is None:
        return [FieldError(field=field, code="required", message=f"所选角色需要指定{name}")]
    if not held and given is not None:
        return [FieldError(field=field, code="unexpected", message=f"没有{name}角色时不能指定{name}")]
    return []
