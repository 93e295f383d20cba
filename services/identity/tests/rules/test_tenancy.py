"""What a provider's administrator may do to an account that is more than theirs."""

from __future__ import annotations

from uuid import UUID

import pytest
from identity.rules.tenancy import AccountShared, NotOnYourself, check_may_manage_person, check_not_oneself

ME, YOU = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize("roles", [["registrar"], ["provider_admin", "assistant"]])
def test_who_is_only_the_providers_staff_is_managed_by_its_admin(roles):
    check_may_manage_person(manager={"provider_admin"}, roles=roles)


@pytest.mark.parametrize("more", ["learner", "account_manager", "platform_admin"])
def test_who_is_also_something_else_is_not(more):
    with pytest.raises(AccountShared):
        check_may_manage_person(manager={"provider_admin"}, roles=["registrar", more])
    check_may_manage_person(manager={"platform_admin"}, roles=["registrar", more])


def test_nobody_takes_away_their_own_administration():
    with pytest.raises(NotOnYourself):
        check_not_oneself(manager_id=ME, account_id=ME, before=["provider_admin"], after=["registrar"])
    with pytest.raises(NotOnYourself):
        check_not_oneself(manager_id=ME, account_id=ME, before=["platform_admin"], after=[])
    check_not_oneself(manager_id=ME, account_id=YOU, before=["provider_admin"], after=[])
    check_not_oneself(
        manager_id=ME, account_id=ME, before=["provider_admin", "assistant"], after=["provider_admin"]
    )
