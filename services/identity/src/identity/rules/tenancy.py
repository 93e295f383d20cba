"""What a provider's administrator may do to an account that is more than theirs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from chassis.errors import Conflict, Forbidden

from identity.rules.roles import PLATFORM_ADMIN, PROVIDER_ADMIN, PROVIDER_ROLES


class AccountShared(Forbidden):
    """The person is also something else: a learner of any provider, a dealer's or the platform's staff."""

    code = "identity.account.shared"
    title = "该账号还有其他身份，您只能调整其在本单位的角色"
    next_step = "姓名、登录名、手机号码、密码与停用，请由本人或平台管理员处理。"


class NotOnYourself(Conflict):
    """Who takes away their own administration can't give it back."""

    code = "identity.account.not_on_yourself"
    title = "不能停用自己或收回自己的管理员角色"
    next_step = "请由另一位管理员操作。"


def check_may_manage_person(*, manager: Iterable[str], roles: Iterable[str]) -> None:
    """Name, names to sign in with, password and on/off belong to the person. A provider_admin may change them only
    where the account is nothing but the provider's staff: with a password set for a learner they could look into
    another provider's classes. Raises AccountShared."""
    if PLATFORM_ADMIN not in set(manager) and not set(roles).issubset(PROVIDER_ROLES):
        raise AccountShared


def check_not_oneself(
    *, manager_id: UUID, account_id: UUID, before: Iterable[str], after: Iterable[str]
) -> None:
    """Nobody takes away their own administration, or switches themselves off (`after` empty)."""
    lost = set(before).difference(after)
    if manager_id == account_id and lost.intersection({PROVIDER_ADMIN, PLATFORM_ADMIN}):
        raise NotOnYourself
