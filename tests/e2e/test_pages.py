"""Every page of every role: opened by its address, pictured wide and narrow, and judged."""

import pytest
from suite.testing.people import (
    BusinessManager,
    Finance,
    Learner,
    PlatformAdmin,
    Registrar,
    Reviewer,
    Teacher,
)

PLACES = {
    "registrar": (
        Registrar,
        {
            "classes": "/console/classes",
            "classes-none-found": "/console/classes?text=没有这个班",
            "class-new": "/console/classes/new",
            "wizard-1-basic": "/console/classes/{draft[id]}/setup/basic",
            "wizard-2-courses": "/console/classes/{draft[id]}/setup/courses",
            "wizard-3-supervision": "/console/classes/{draft[id]}/setup/supervision",
            "wizard-4-roster": "/console/classes/{draft[id]}/setup/roster",
            "packages": "/console/packages",
            "package": "/console/packages/{package[package_id]}",
            "class-settings": "/console/classes/{open[id]}/settings",
            "class-graduated": "/console/classes/{order[class_id]}/overview",
            "class-graduated-settings": "/console/classes/{order[class_id]}/settings",
            "account": "/console/account",
            "guide": "/console/guides/registrar",
            "home": "/console",
        },
    ),
    "teacher": (
        Teacher,
        {
            "class-overview": "/console/classes/{open[id]}/overview",
            "class-learners": "/console/classes/{open[id]}/learners",
            "class-learning": "/console/classes/{open[id]}/learning",
            "class-learning-days": "/console/classes/{open[id]}/learning-days",
            "class-check-ins": "/console/classes/{open[id]}/check-ins",
            "opening-draft": "/console/classes/{draft[id]}/opening",
        },
    ),
    "business": (
        BusinessManager,
        {
            "home-business": "/console",
            "opening": "/console/classes/{opening[id]}/opening",
            "graduation": "/console/classes/{open[id]}/graduation",
            "orders": "/console/orders",
            "order": "/console/orders/{order[id]}",
            "settle": "/console/settle?orders={order[id]}",
        },
    ),
    "admin": (Registrar, {"audit-log": "/console/audit-log", "accounts": "/console/accounts"}),
    "manager": (
        Reviewer,
        {
            "identities": "/console/applications/classes/{open[id]}/learners",
            "application": "/console/applications/{opening[application_id]}",
            "applications": "/console/applications",
            "applications-all": "/console/applications?view=all",
            "agreements": "/console/agreements",
            "agreement-new": "/console/agreements/new",
        },
    ),
    "finance": (
        Finance,
        {
            "dealer-settlement": "/console/dealer/settlements/{settlement[id]}",
            "dealer-settlements": "/console/dealer/settlements",
            "dealer-settlements-confirmed": "/console/dealer/settlements?state=confirmed",
            "dealer-orders": "/console/dealer/orders",
            "dealer-order": "/console/dealer/orders/{order[id]}",
            "dealer-feed": "/console/dealer/feed",
        },
    ),
    "platform": (
        PlatformAdmin,
        {
            "providers": "/console/providers",
            "provider": "/console/providers/{provider[id]}",
            "provider-new": "/console/providers/new",
            "dealers": "/console/dealers",
            "dealer": "/console/dealers/{dealer[id]}",
            "dealer-new": "/console/dealers/new",
            "platform-accounts": "/console/accounts",
            "account-new": "/console/accounts/new",
        },
    ),
}
LEARNER = {
    "my-classes": "/learn/classes",
    "my-account": "/learn/account",
    "join": "/learn/join",
    "my-class": "/learn/classes/{open[id]}",
    "my-class-offline": "/learn/classes/{open[id]}?tab=offline",
    "my-class-exam": "/learn/classes/{open[id]}?tab=exam",
    "check-in": "/learn/classes/{open[id]}/check-in",
    "real-name": "/learn/classes/{open[id]}/real-name",
    "exam": "/learn/classes/{open[id]}/exam",
    "device-check": "/learn/device-check",
    "learner-guide": "/learn/guide",
    "my-class-graduated": "/learn/classes/{order[class_id]}",
    "my-class-graduated-exam": "/learn/classes/{order[class_id]}/exam",
}


@pytest.mark.parametrize("login", PLACES)
def test_every_page_of_the_console_is_fit_to_be_seen(visit, stage, world, login):
    kind, pages = PLACES[login]
    somebody = visit(kind, stage).signed_in(login, world.password)
    for name, path in pages.items():
        somebody.opens(path.format_map(world)).looks_at(name)


def test_every_page_of_a_learner_is_fit_to_be_seen(visit, stage, world):
    person = world.people.roster[1]
    learner = visit(Learner, stage, phone=True).signed_in(person.mobile, person.password)
    for name, path in LEARNER.items():
        learner.opens(path.format_map(world)).looks_at(name)


@pytest.mark.parametrize(
    ("login", "path", "most"),
    [
        ("registrar", "/console", 450),
        ("manager", "/console/applications", 450),
        ("finance", "/console/dealer/settlements", 450),
        ("platform", "/console/providers", 450),
        ("13900000002", "/learn/classes", 250),
    ],
)
def test_the_first_page_of_each_role_needs_little_javascript(
    visit, stage, world, login, path, most, record_property
):
    somebody = visit(Registrar, stage).signed_in(login, world.password)
    kilobytes = somebody.script_kilobytes_of(path)
    record_property("gzip_kilobytes", round(kilobytes))
    assert 10 < kilobytes <= most


def test_who_may_not_open_a_page_is_told_so(visit, stage, world):
    teacher = visit(Teacher, stage).signed_in("teacher", world.password)
    teacher.opens("/console/orders").is_at("/forbidden").sees("没有权限打开此页面").looks_at("forbidden")


def test_another_providers_class_is_not_found(visit, stage, world):
    stranger = visit(Registrar, stage).signed_in("registrar2", world.password)
    stranger.watch.expect(404, "/api/v1/classroom/classes/")
    stranger.opens(f"/console/classes/{world['open']['id']}/overview").sees("没有找到").looks_at(
        "class-not-found"
    )


@pytest.mark.parametrize("path", ["/console", "/console/classes", "/console/packages"])
def test_a_provider_that_has_nothing_yet_is_told_how_to_begin(visit, stage, world, path):
    stranger = visit(Registrar, stage).signed_in("registrar2", world.password)
    stranger.opens(path).looks_at(f"nothing-yet{path.replace('/', '-')}")
