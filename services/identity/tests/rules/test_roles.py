"""Which roles stand together, who gives them, and which are in force."""

from __future__ import annotations

from uuid import UUID

import pytest
import yaml
from chassis.contracts import contracts_folder
from identity.rules import roles
from identity.rules.roles import (
    RoleNotYoursToGive,
    RolesDoNotFit,
    check_may_give,
    check_roles,
    effective_roles,
)

HERE, THERE = UUID(int=1), UUID(int=2)


def test_the_roles_are_those_of_the_contracts():
    said = yaml.safe_load((contracts_folder() / "roles.yaml").read_text())
    of = {
        "provider": roles.PROVIDER_ROLES,
        "dealer": (*roles.DEALER_ROLES, roles.DEALER_PROGRAM),
        "platform": roles.PLATFORM_ROLES,
    }
    for kind, ours in of.items():
        assert {role for role, about in said.items() if about["of"] == kind} == set(ours)
    assert set(said) == {*roles.ALL_ROLES, roles.DEALER_PROGRAM}
    assert set(roles.CHINESE) == set(roles.ALL_ROLES)


@pytest.mark.parametrize(
    ("held", "provider", "dealer"),
    [
        (["registrar"], HERE, None),
        (["registrar", "class_teacher", "business_manager"], HERE, None),
        (["account_manager", "dealer_finance"], None, THERE),
        (["platform_admin", "platform_reviewer"], None, None),
        (["learner"], None, None),
        (["provider_admin", "account_manager", "platform_reviewer", "learner"], HERE, THERE),
    ],
)
def test_one_provider_one_dealer_the_platform_and_learner_stand_together(held, provider, dealer):
    check_roles(roles=held, provider_id=provider, dealer_id=dealer)


@pytest.mark.parametrize(
    ("held", "provider", "dealer", "wrong"),
    [
        ([], None, None, {"/roles": "required"}),
        (["king"], None, None, {"/roles": "unknown"}),
        (["registrar"], None, None, {"/provider_id": "required"}),
        (["account_manager"], HERE, None, {"/provider_id": "unexpected", "/dealer_id": "required"}),
        (["learner"], HERE, None, {"/provider_id": "unexpected"}),
        (["platform_admin"], None, THERE, {"/dealer_id": "unexpected"}),
    ],
)
def test_a_role_without_its_organisation_is_refused_and_the_field_is_named(held, provider, dealer, wrong):
    with pytest.raises(RolesDoNotFit) as caught:
        check_roles(roles=held, provider_id=provider, dealer_id=dealer)
    assert {field.field: field.code for field in caught.value.fields} == wrong


@pytest.mark.parametrize(
    ("giver", "before", "after", "allowed"),
    [
        ({"platform_admin"}, [], ["platform_admin", "learner"], True),
        ({"provider_admin"}, [], ["registrar", "provider_admin"], True),
        ({"provider_admin"}, ["registrar"], ["assistant"], True),
        ({"provider_admin"}, ["registrar", "learner"], ["assistant", "learner"], True),
        ({"provider_admin"}, ["registrar"], ["registrar", "learner"], False),
        ({"provider_admin"}, ["registrar", "platform_reviewer"], ["registrar"], False),
        ({"provider_admin"}, [], ["account_manager"], False),
    ],
)
def test_a_provider_admin_gives_and_takes_provider_roles_only(giver, before, after, allowed):
    if allowed:
        check_may_give(giver=giver, before=before, after=after)
    else:
        with pytest.raises(RoleNotYoursToGive):
            check_may_give(giver=giver, before=before, after=after)


def test_roles_of_a_switched_off_organisation_sleep():
    held = ["learner", "registrar", "account_manager"]
    assert effective_roles(roles=held, provider_active=True, dealer_active=True) == (
        "registrar",
        "account_manager",
        "learner",
    )
    assert effective_roles(roles=held, provider_active=False, dealer_active=True) == (
        "account_manager",
        "learner",
    )
    assert effective_roles(roles=held, provider_active=False, dealer_active=False) == ("learner",)
    assert effective_roles(roles=["registrar"], provider_active=False, dealer_active=True) == ()


def test_a_mere_learner_is_no_staff():
    assert not roles.is_staff(["learner"])
    assert not roles.is_staff([])
    assert all(roles.is_staff(["learner", role]) for role in roles.STAFF_ROLES)
