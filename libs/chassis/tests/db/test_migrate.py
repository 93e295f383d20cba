"""Migrations on both databases."""

from __future__ import annotations

import pytest
from bakery.app import SERVICE
from chassis.db.migrate import WrongHead, differences, migrate, require_head


@pytest.fixture
def migrated(databases, backend):
    with databases.copy(SERVICE, backend) as url:
        yield url


def test_the_migrated_database_is_what_the_models_say(migrated):
    assert differences("bakery", migrated, SERVICE.db) == []


def test_migrating_twice_changes_nothing(migrated):
    assert migrate("bakery", migrated, SERVICE.db) == require_head("bakery", migrated)


def test_a_process_refuses_a_database_at_another_revision(tmp_path):
    with pytest.raises(WrongHead, match="kaike migrate"):
        require_head("bakery", f"sqlite:///{tmp_path}/empty.db")
