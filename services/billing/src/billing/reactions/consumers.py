"""Billing's queues: one for facts that become actions, one for projections, so that neither waits for the other."""

from bus import Consumer, project, react

from billing.models.known import KnownClass, KnownDealer, KnownProvider
from billing.reactions import classroom, projections

REACTIONS = Consumer(
    "billing.reactions",
    {
        "classroom.opening.prepared.v1": react(classroom.when_opening_prepared),
        "classroom.class.opened.v1": react(classroom.when_class_opened),
        "classroom.graduation.counted.v1": react(classroom.when_graduation_counted),
        "classroom.class.graduated.v1": react(classroom.when_class_graduated),
    },
)
PROJECTIONS = Consumer(
    "billing.projections",
    {
        "identity.provider.changed.v1": project(
            projections.keep_providers, clear=projections.clear(KnownProvider)
        ),
        "identity.dealer.changed.v1": project(projections.keep_dealers, clear=projections.clear(KnownDealer)),
        "classroom.class.changed.v1": project(projections.keep_classes, clear=projections.clear(KnownClass)),
    },
)
CONSUMERS = (REACTIONS, PROJECTIONS)
