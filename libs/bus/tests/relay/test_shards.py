"""The session that a relay holds its shards with."""

from __future__ import annotations

import pytest
from bus.relay.shards import open_shards
from chassis.db import make_engine


@pytest.mark.parametrize("backend", ["postgres"], indirect=True)
def test_the_relays_session_waits_for_no_disk_and_none_that_comes_after_it_is_like_that(
    database: str,
) -> None:
    engine, wait = make_engine(database), "SHOW synchronous_commit"
    with engine.connect() as connection:
        assert connection.exec_driver_sql(wait).scalar_one() == "on"
    shards = open_shards(engine, range(4))
    assert shards.acquire() == [0, 1, 2, 3]
    assert shards.connection.exec_driver_sql(wait).scalar_one() == "off"
    shards.close()
    with engine.connect() as connection:
        assert connection.exec_driver_sql(wait).scalar_one() == "on"
    engine.dispose()
