"""The migrated database is what the models say."""

from billing.app import SERVICE
from chassis.db.migrate import differences


def test_the_models_and_the_migrated_database_agree(databases, backend) -> None:
    url = databases.template(SERVICE, backend)
    assert differences("billing", url, SERVICE.db) == []
