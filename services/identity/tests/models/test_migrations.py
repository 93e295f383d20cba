"""The migrated database is what the models say."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from chassis.db.migrate import differences
from chassis.testing.databases import Databases
from identity.app import SERVICE
from identity.models import Account
from sqlalchemy.orm import Session


def test_the_migrations_make_what_the_models_say(databases: Databases, backend: str):
    url = databases.template(SERVICE, backend)
    assert differences("identity", url, SERVICE.db) == []


def test_only_names_that_were_made_up_become_masked_numbers(
    session: Session, account: Callable[..., Account]
):
    made_up = account("learner", mobile="13900006666", name="学员6666")
    named = [
        account("learner", mobile="13900007777", name="学员6666"),
        account("learner", login="a01", name="学员"),
    ]
    session.execute(import_module("identity.migrations.0003_nameless_learners").RENAME)
    session.expire_all()
    assert made_up.name == "139****6666"
    assert [one.name for one in named] == ["学员6666", "学员"]
