"""Exam stands here for every service: it hears of revoked access and keeps it."""

from __future__ import annotations

import pytest
from bus import access_consumer
from bus.testing import deliver, examples
from chassis.revocations import access_revocations
from chassis.testing.plugin import FrozenClock
from exam.app import SERVICE
from sqlalchemy import select
from sqlalchemy.orm import Session

REVOKED = "identity.access.revoked.v1"


def test_the_service_has_a_queue_for_revocations():
    assert access_consumer("exam").name in [consumer.name for consumer in SERVICE.consumers]


@pytest.mark.parametrize("times", [1, 2])
def test_a_revocation_is_kept_once_however_often_it_is_heard(
    session: Session, clock: FrozenClock, times: int
):
    for _ in range(times):
        deliver(session, access_consumer("exam"), *examples(REVOKED), now=clock.now)
    heard = examples(REVOKED)[0].data
    kept = session.execute(select(access_revocations.c.subject_id, access_revocations.c.least_epoch)).one()
    assert (str(kept.subject_id), kept.least_epoch) == (heard["subject_id"], heard["least_epoch"])
