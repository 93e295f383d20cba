"""The migrated database is the one that the models describe."""

from chassis.db.migrate import differences
from classroom.app import SERVICE


def test_models_and_migrations_agree(databases, backend):
    url = databases.template(SERVICE, backend)
    assert differences(SERVICE.name, url, SERVICE.db) == []
