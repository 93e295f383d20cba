"""What runs after the commit can no longer undo it."""

from __future__ import annotations

import sqlalchemy as sa
from bakery.app import Loaf
from chassis.db import after_commit, transaction
from chassis.ids import new_id
from chassis.web import runtime


def test_a_hook_that_fails_leaves_the_commit_and_the_other_hooks(committed):
    seen = []

    def fail():
        raise OSError("no room")

    with committed.sessions() as session:
        with transaction(session):
            after_commit(session, fail)
            after_commit(session, lambda: seen.append("second"))
        assert seen == ["second"]
        with transaction(session):
            pass
        assert seen == ["second"], "a hook runs once"


def test_a_request_whose_hook_fails_is_answered_as_done(committed, actor, monkeypatch):
    from chassis.web import etags

    def etag(version):
        after_commit(runtime().session, lambda: 1 / 0)
        return etags.etag(version)

    monkeypatch.setattr("bakery.app.etag", etag)
    someone = actor("registrar", provider_id=new_id())
    answer = committed.client.as_(someone).post(
        "/api/v1/bakery/loaves", json={"name": "rye", "price": "1.00"}
    )
    assert answer.status_code == 201
    with committed.sessions() as session:
        assert session.scalar(sa.select(Loaf.name)) == "rye"
