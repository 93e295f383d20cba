"""The migrated database is the one that the models describe."""

from __future__ import annotations

from importlib import import_module

import pytest
import sqlalchemy as sa
from chassis.db import make_engine
from chassis.db.migrate import differences
from classroom.app import SERVICE
from classroom.roster.rules.names import name_key


def test_models_and_migrations_agree(databases, backend):
    url = databases.template(SERVICE, backend)
    assert differences(SERVICE.name, url, SERVICE.db) == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_models_and_migrations_agree_about_checks_and_partial_indexes(databases, backend):
    """Alembic compares neither; SQLite keeps both as they were written."""
    engine = make_engine(databases.template(SERVICE, backend))
    found = sa.inspect(engine)
    for table in SERVICE.db.metadata.tables.values():
        checks = {each["name"]: each["sqltext"] for each in found.get_check_constraints(table.name)}
        assert checks == {
            each.name: str(each.sqltext) for each in table.constraints if isinstance(each, sa.CheckConstraint)
        }, table.name
        partial = {
            each["name"]: str(each.get("dialect_options", {}).get("sqlite_where"))
            for each in found.get_indexes(table.name)
        }
        assert partial == {
            each.name: str(each.dialect_options["sqlite"]["where"]) for each in table.indexes
        }, table.name
    engine.dispose()


def test_names_that_are_there_get_the_keys_that_are_made_today():
    """What the migration of the keys replaces is what `name_key` replaces."""
    replaced = import_module("classroom.migrations.0004_join_limits").SAME_SIGNS
    for sign, same in replaced.items():
        assert name_key(f"a{sign}b") == f"a{same}b", hex(ord(sign))
