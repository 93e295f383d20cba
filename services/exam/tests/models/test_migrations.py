"""The migrated database is what the models say."""

from chassis.db.migrate import differences
from exam.app import SERVICE


def test_the_models_and_the_migrated_database_agree(databases, backend) -> None:
    url = databases.template(SERVICE, backend)
    assert differences("exam", url, SERVICE.db) == []
