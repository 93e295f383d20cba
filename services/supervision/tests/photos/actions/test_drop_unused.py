import pytest
from chassis.db import transaction
from files import StoreAway
from supervision.check_in.actions.record_check_in import record_check_in
from supervision.photos.actions.drop_unused import drop_unused
from supervision.photos.actions.take_in_photo import take_in_photo
from supervision.photos.models import Photo
from supervision.photos.rules.purposes import Purpose
from supervision.testing import a_photo


def test_a_photo_goes_when_it_has_served_for_nothing_within_an_hour(
    take_in, verified, session, store, clock
) -> None:
    used, unused = (take_in(verified, now=clock.now) for _ in range(2))
    record_check_in(session, receipt=used, now=clock.now)
    assert drop_unused(session, store=store, now=clock.advance(hours=1)) == 0
    assert drop_unused(session, store=store, now=clock.advance(seconds=1)) == 1
    assert (store.exists(used.key), store.exists(unused.key)) == (True, False)
    assert [(row.key, row.served) for row in session.query(Photo)] == [(used.key, True)]
    assert drop_unused(session, store=store, now=clock.advance(days=400)) == 0
    assert store.exists(used.key)


def test_the_reference_photo_stays(take_in, verified, session, store, clock) -> None:
    from supervision.real_name.models import RealName

    take_in(verified, now=clock.now)
    drop_unused(session, store=store, now=clock.advance(hours=2))
    assert store.exists(session.query(RealName).one().photo_key)


def test_when_the_store_is_away_the_rows_stay_for_the_next_round(
    committed, classroom_with_photo, clock
) -> None:
    class Away:
        def delete(self, key: str) -> None:
            raise StoreAway(retry_after=60)

    with pytest.raises(StoreAway), committed.sessions() as session, transaction(session):
        drop_unused(session, store=Away(), now=clock.advance(hours=2))
    with committed.sessions() as session:
        assert session.query(Photo).count() == 1


def test_a_photo_that_never_came_into_the_store_is_dropped_with_the_others(
    take_in, verified, session, store, clock
) -> None:
    """The process died between the row and the file."""
    store.delete(take_in(verified, now=clock.now).key)
    assert drop_unused(session, store=store, now=clock.advance(hours=2)) == 1
    assert session.query(Photo).count() == 0


@pytest.fixture
def classroom_with_photo(committed, store, clock):
    from supervision.testing import Classroom

    with committed.sessions() as session, transaction(session):
        found = Classroom(now=clock.now)
        found.announce(session)
        found.verify(session, store=store, now=clock.now)
        take_in_photo(
            session,
            ticket=found.ticket(),
            purpose=Purpose.CHECK_IN,
            photo=a_photo,
            store=store,
            now=clock.now,
        )
    return found
