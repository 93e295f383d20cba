"""The queues of classes: answers that move an application, and what is known of other services."""

from bus import Consumer, project, react

from classroom.classes.models import KnownAccount, KnownCategory, KnownDealer, KnownProvider
from classroom.classes.reactions import billing, projections
from classroom.classes.reactions.projections import clearing

ANSWERS = Consumer(
    "classroom.answers",
    {
        "billing.opening.quoted.v1": react(billing.when_opening_quoted),
        "billing.graduation.billed.v1": react(billing.when_graduation_billed),
    },
)
PROJECTIONS = Consumer(
    "classroom.projections",
    {
        "identity.provider.changed.v1": project(projections.keep_providers, clear=clearing(KnownProvider)),
        "identity.dealer.changed.v1": project(projections.keep_dealers, clear=clearing(KnownDealer)),
        "identity.account.changed.v1": project(projections.keep_accounts, clear=clearing(KnownAccount)),
        "catalog.category.changed.v1": project(projections.keep_categories, clear=clearing(KnownCategory)),
        "catalog.package.published.v1": project(projections.keep_packages, clear=projections.forget_packages),
    },
)
CONSUMERS = (ANSWERS, PROJECTIONS)
