"""C9: whose courses there are."""

import uuid

import pytest
from catalog.rules.ownership import (
    SELF_BUILT_COURSES,
    AddonRequired,
    Scope,
    check_may_build_courses,
    may_compose_from,
)

OURS, THEIRS = uuid.UUID(int=1), uuid.UUID(int=2)


def test_the_platform_builds_courses_without_an_addon() -> None:
    check_may_build_courses(provider_id=None, addons=())


def test_a_provider_needs_the_addon() -> None:
    check_may_build_courses(provider_id=OURS, addons={SELF_BUILT_COURSES})
    with pytest.raises(AddonRequired) as refused:
        check_may_build_courses(provider_id=OURS, addons={"another"})
    assert refused.value.code == "catalog.addon.required"


@pytest.mark.parametrize(
    ("package", "course", "may"),
    [
        (OURS, None, True),
        (OURS, OURS, True),
        (OURS, THEIRS, False),
        (None, None, True),
        (None, OURS, False),
    ],
)
def test_a_package_takes_official_and_own_courses(package, course, may: bool) -> None:
    assert may_compose_from(package_owner=package, course_owner=course) is may


@pytest.mark.parametrize(
    ("scope", "owner", "owns", "sees"),
    [
        (Scope(provider_id=OURS), OURS, True, True),
        (Scope(provider_id=OURS), None, False, True),
        (Scope(provider_id=OURS), THEIRS, False, False),
        (Scope(provider_id=None, official=True), None, True, True),
        (Scope(provider_id=None, official=True), OURS, False, False),
        (Scope(provider_id=None), None, False, True),
        (Scope(provider_id=None), OURS, False, False),
    ],
)
def test_who_owns_and_who_sees(scope: Scope, owner, owns: bool, sees: bool) -> None:
    assert scope.owns(owner) is owns
    assert scope.sees(owner) is sees
