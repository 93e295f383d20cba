"""C9: whose courses and packages there are, and who may build them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chassis.errors import Forbidden

SELF_BUILT_COURSES = "self_built_courses"
"""The add-on (B14) without which a provider composes packages from official courses only."""


class AddonRequired(Forbidden):
    """A provider builds courses of its own only with the self-built-course add-on (C9, B14)."""

    code = "catalog.addon.required"
    title = "自建课程需要开通增值服务"
    next_step = "请联系商务专员开通“自建课程”；也可以直接用官方推荐课程组成课程包，无需开通。"


class ProviderInactive(Forbidden):
    """A provider that was switched off changes nothing any more."""

    code = "catalog.provider.inactive"
    title = "培训单位已停用"
    next_step = "请联系您的商务专员。"


class NoProvider(Forbidden):
    """A role of a provider's staff, but no provider: what it made would be the platform's."""

    code = "catalog.account.no_provider"
    title = "当前账号未关联培训单位"
    next_step = "请联系本单位管理员为账号关联培训单位。"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Whose things somebody may change and see. Official things have no provider."""

    provider_id: UUID | None
    """The provider that the account belongs to."""
    official: bool = False
    """Whether the account keeps the platform's official courses and packages."""

    @property
    def owner_of_new(self) -> UUID | None:
        """The owner of what this account makes: the platform's people make official things. Raises NoProvider."""
        if self.official:
            return None
        if self.provider_id is None:
            raise NoProvider
        return self.provider_id

    def owns(self, owner: UUID | None) -> bool:
        """Whether things of this owner are the account's to change, drafts included."""
        return self.official if owner is None else owner == self.provider_id

    def sees(self, owner: UUID | None) -> bool:
        """Whether finished things of this owner may be looked at: everyone sees official ones."""
        return owner is None or self.owns(owner)


def check_may_build_courses(*, provider_id: UUID | None, addons: Collection[str]) -> None:
    """C9: the platform (no provider) always may; a provider only with the add-on. Raises AddonRequired."""
    if provider_id is not None and SELF_BUILT_COURSES not in addons:
        raise AddonRequired


def may_compose_from(*, package_owner: UUID | None, course_owner: UUID | None) -> bool:
    """C9: a package takes official courses and those of its own provider; an official package only official ones."""
    return course_owner is None or course_owner == package_owner
