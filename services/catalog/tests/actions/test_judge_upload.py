"""A medium is decided once, however often its job runs (C10)."""

import pytest
from catalog import testing
from catalog.actions.judge_upload import accept, refuse
from catalog.jobs.judge_upload import NotJudged
from chassis.ids import new_id

FACTS = {"content_type": "video/mp4", "seconds": 6}


@pytest.fixture
def medium(session):
    return testing.medium(session, state="processing", key=None, content_type=None, seconds=None)


def test_the_first_verdict_stands(session, medium, clock) -> None:
    assert accept(session, medium.id, key="catalog/media/aa/first", facts=FACTS, now=clock.now)
    assert not accept(session, medium.id, key="catalog/media/aa/second", facts=FACTS, now=clock.now)
    assert not refuse(session, medium.id, failure=NotJudged(), now=clock.now)
    assert (medium.state, medium.key, medium.refusal_code) == ("ready", "catalog/media/aa/first", None)


def test_a_refused_medium_is_not_accepted_afterwards(session, medium, clock) -> None:
    assert refuse(session, medium.id, failure=NotJudged(), now=clock.now)
    assert not accept(session, medium.id, key="catalog/media/aa/second", facts=FACTS, now=clock.now)
    assert (medium.state, medium.key) == ("refused", None)


def test_a_medium_that_is_gone_is_no_error(session, clock) -> None:
    assert not accept(session, new_id(), key="catalog/media/aa/x", facts=FACTS, now=clock.now)
    assert not refuse(session, new_id(), failure=NotJudged(), now=clock.now)
