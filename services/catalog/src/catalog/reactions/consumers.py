"""Which queues the catalog reads."""

from bus import Consumer, project

from catalog.reactions.keep_classes import forget_classes, keep_classes
from catalog.reactions.keep_papers import forget_papers, keep_papers
from catalog.reactions.keep_providers import forget_providers, keep_providers

CONSUMERS = (
    Consumer(
        "catalog.projections",
        {
            "identity.provider.changed.v1": project(keep_providers, clear=forget_providers),
            "classroom.class.changed.v1": project(keep_classes, clear=forget_classes),
            "exam.paper.published.v1": project(keep_papers, clear=forget_papers),
        },
    ),
)
