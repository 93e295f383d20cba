"""The demo's categories."""

import sqlalchemy as sa
from catalog import testing
from catalog.models import Category
from catalog.seed import seed


def test_seeding_twice_changes_nothing(session) -> None:
    seed(session, testing.NOW)
    count = sa.select(sa.func.count()).select_from(Category)
    once = session.scalar(count)
    seed(session, testing.NOW)
    assert session.scalar(count) == once > 10
