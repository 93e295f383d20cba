"""What is heard from identity and exam, in the order, number and shape in which it may come."""

import random
import uuid

import pytest
import sqlalchemy as sa
from bus.envelope import Event
from bus.testing import deliver, event, examples
from catalog import testing
from catalog.models import KnownClass, Provider, PublishedPaper
from catalog.reactions.consumers import CONSUMERS
from catalog.reactions.keep_classes import forget_classes, keep_classes
from catalog.reactions.keep_papers import forget_papers, keep_papers
from catalog.reactions.keep_providers import forget_providers, keep_providers
from chassis.ids import new_id

PROVIDER = uuid.UUID(int=240)


def provider_event(sequence: int, **changed) -> Event:
    data = {
        "provider_id": str(PROVIDER),
        "code": "000240",
        "name": f"名称{sequence}",
        "account_name": "光明",
        "dealer_id": str(uuid.UUID(int=1)),
        "active": True,
        **changed,
    }
    return event(
        "identity.provider.changed.v1", data, now=testing.NOW, subject="provider/240", sequence=sequence
    )


def paper_event(**changed) -> Event:
    data = {
        "paper_version_id": str(new_id()),
        "paper_id": str(new_id()),
        "version": 1,
        "kind": "exercise",
        "title": "练习",
        "provider_id": None,
        "question_count": 3,
        "total_score": 100,
        "pass_score": 60,
        "seconds": 0,
        **changed,
    }
    return event("exam.paper.published.v1", data, now=testing.NOW)


def names(session) -> list[str]:
    return list(session.scalars(sa.select(Provider.name).order_by(Provider.name)))


@pytest.mark.parametrize("seed", range(5))
def test_of_a_providers_states_the_newest_is_kept_in_any_order(session, seed: int) -> None:
    events = [provider_event(sequence) for sequence in range(1, 8)] * 2
    random.Random(seed).shuffle(events)
    while events:
        keep_providers(session, events[:3])
        events = events[3:]
    assert names(session) == ["名称7"]


def test_a_provider_is_switched_off_and_on(session) -> None:
    keep_providers(session, [provider_event(1, active=False)])
    assert session.get(Provider, PROVIDER).active is False
    keep_providers(session, [provider_event(2, active=True)])
    session.expire_all()
    assert session.get(Provider, PROVIDER).active is True


def test_a_paper_that_comes_twice_is_one(session) -> None:
    first, second = paper_event(), paper_event(kind="exam", seconds=3600, provider_id=str(PROVIDER))
    keep_papers(session, [first, second, first])
    keep_papers(session, [second])
    assert session.scalar(sa.select(sa.func.count()).select_from(PublishedPaper)) == 2
    kept = session.get(PublishedPaper, uuid.UUID(second.data["paper_version_id"]))
    assert (kept.kind, kept.seconds, kept.provider_id) == ("exam", 3600, PROVIDER)


def test_a_rebuild_takes_the_same_in_again(session) -> None:
    keep_providers(session, [provider_event(5)])
    forget_providers(session)
    keep_providers(session, [provider_event(5)])
    assert names(session) == ["名称5"]


def test_a_rebuild_keeps_the_papers_that_courses_use(session) -> None:
    testing.course(session)
    unused = paper_event()
    keep_papers(session, [unused])
    forget_papers(session)
    session.expire_all()
    assert session.get(PublishedPaper, uuid.UUID(unused.data["paper_version_id"])) is None
    assert session.scalar(sa.select(sa.func.count()).select_from(PublishedPaper)) == 1


def test_a_message_that_comes_again_is_not_handled_again(session) -> None:
    (consumer,) = CONSUMERS
    once = paper_event()
    assert deliver(session, consumer, once, now=testing.NOW) == [once]
    assert deliver(session, consumer, once, now=testing.NOW) == []


@pytest.mark.parametrize("kind", [kind for consumer in CONSUMERS for kind in consumer.handlers])
def test_the_examples_of_the_contracts_are_taken(session, kind: str) -> None:
    (consumer,) = CONSUMERS
    found = examples(kind)
    assert deliver(session, consumer, *found, now=testing.NOW) == found != []


def class_event(sequence: int, **changed) -> Event:
    whole = examples("classroom.class.changed.v1")[0].data
    data = {**whole, "class_id": str(PROVIDER), "state": "open", "epoch": 1, **changed}
    return event("classroom.class.changed.v1", data, now=testing.NOW, subject="class/240", sequence=sequence)


def test_of_a_class_the_newest_state_counts_in_whatever_order_it_comes(session) -> None:
    closed, reopened = class_event(2, state="graduation_review"), class_event(3, epoch=2)
    keep_classes(session, [class_event(1)])
    keep_classes(session, [reopened])
    keep_classes(session, [closed])
    known = session.get(KnownClass, PROVIDER)
    assert (known.state, known.epoch, known.sequence) == ("open", 2, 3)
    forget_classes(session)
    assert session.query(KnownClass).count() == 0
