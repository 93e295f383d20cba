"""The migrated database is what the models say."""

from __future__ import annotations

from chassis.db.migrate import differences
from chassis.testing.databases import Databases
from identity.app import SERVICE


def test_the_migrations_make_what_the_models_say(databases: Databases, backend: str):
    url = databases.template(SERVICE, backend)
    assert differences("identity", url, SERVICE.db) == []
